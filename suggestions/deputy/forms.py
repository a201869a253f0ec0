"""What a deputy fills in on a phone."""

from django import forms

from congress.forms.papers import PapersField
from congress.models import Place, Word
from deputies.fellows import fellows
from suggestions.words import Satisfaction

LONGEST_BODY = 5000
MOST_PHOTOS = 9
YES, NO = "yes", "no"
PUBLIC = [(YES, "可以公开"), (NO, "不公开")]
# 未表态 is a stated choice too: nobody is pressed to judge.
JUDGEMENTS = [(word, "不表态" if word == Satisfaction.UNSTATED else word) for word in Satisfaction]


class RaiseForm(forms.Form):
    """A suggestion as a deputy writes it: one matter a sheet. `draft`: nothing is required yet;
    `kept`: so many photos are kept already.
    """

    form_token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    # Of what was returned for repair: others may change that too.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="想解决什么事",
        max_length=200,
        help_text="一件事写一份，一句话说清。",
        error_messages={"required": "请用一句话写清想解决什么事。"},
    )
    body = forms.CharField(
        label="具体情况和建议",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="可以用输入法的语音说。",
        error_messages={"required": "请写出具体情况和您的建议。"},
    )
    villages = forms.ModelMultipleChoiceField(
        Place.objects.none(), label="在哪个村居（可不填）", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    category = forms.ModelChoiceField(
        Word.objects.none(), label="类别（可不填）", required=False, empty_label="请人大来分类"
    )
    fellows = forms.ModelMultipleChoiceField(
        Place.objects.none(), label="请其他代表附议（可不填）", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    public = forms.ChoiceField(
        label="能不能公开",
        choices=PUBLIC,
        widget=forms.RadioSelect,
        error_messages={"required": "请选“可以公开”或“不公开”。"},
    )

    photos = PapersField(
        label=f"照片（最多 {MOST_PHOTOS} 张）", most=MOST_PHOTOS, required=False,
        allowed="这里只放 JPG、PNG、HEIC 照片，每个不超过 20 MB。",
        too_many="一件最多放 {most} 张照片，这次选了 {chosen} 张。请少选几张。",
    )  # fmt: skip

    def __init__(self, *args, user, today, draft=False, kept=0, **options):
        super().__init__(*args, **options)
        places = Place.objects.visible_to(user).in_place(user.place).villages()
        self.fields["villages"].queryset = places.filter(valid_to=None)
        words = Word.objects.visible_to(user).filter(kind=Word.Kind.CATEGORY, retired_on=None)
        self.fields["category"].queryset = words
        self.fields["fellows"].queryset = fellows(user, today)
        self.kept = kept
        if draft:
            for field in self.fields.values():
                field.required = False

    def clean_public(self):
        """True, False, or None where a draft does not say."""
        return {YES: True, NO: False}.get(self.cleaned_data["public"])

    def good_photos(self):
        """Those of the chosen photos that can be kept, although others are refused."""
        good = [photo for photo in self.fields["photos"].good if photo.is_picture]
        return good if self.kept + len(good) <= MOST_PHOTOS else []

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        odd = next((photo.name for photo in photos if not photo.is_picture), None)
        if odd:
            raise forms.ValidationError(f"“{odd}”不是照片。这里放照片，别的材料提交以后再传。")
        if self.kept + len(photos) > MOST_PHOTOS:
            told = f"最多 {MOST_PHOTOS} 张照片，已有 {self.kept} 张，这次选了 {len(photos)} 张。"
            raise forms.ValidationError(told)
        return photos


class EvaluateForm(forms.Form):
    """The two judgements of a reply (domain.md, step 10), and why where one is bad."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    attitude = forms.ChoiceField(
        label="对办理态度", choices=JUDGEMENTS, widget=forms.RadioSelect,
        error_messages={"required": "请选对办理态度的评价；不想说可以选“不表态”。"},
    )  # fmt: skip
    result = forms.ChoiceField(
        label="对办理结果", choices=JUDGEMENTS, widget=forms.RadioSelect,
        error_messages={"required": "请选对办理结果的评价；不想说可以选“不表态”。"},
    )  # fmt: skip
    note = forms.CharField(
        label="原因或者想说的话",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="选“不满意”时请写原因，承办单位才知道怎么改。",
    )

    def clean(self):
        values = super().clean()
        chosen = {values.get("attitude"), values.get("result")}
        if Satisfaction.DISSATISFIED in chosen and not values.get("note"):
            self.add_error("note", "选了“不满意”，请写明原因，承办单位才知道怎么改。")
        return values


class WithdrawForm(forms.Form):
    """Why a suggestion is withdrawn, in writing (domain.md: withdrawal before the reply)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="为什么撤回",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写一句为什么撤回。"},
    )


class AskForm(forms.Form):
    """Whom a deputy asks to co-sign."""

    fellows = forms.ModelMultipleChoiceField(
        Place.objects.none(), label="请谁附议", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一位代表。"},
    )  # fmt: skip

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["fellows"].queryset = people
