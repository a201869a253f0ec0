"""The field with which files are handed in: several at once, each checked by what it holds."""

from django import forms

from congress.upload_kinds import KindRefused
from congress.uploads import UploadRefused, checked

MOST = 9
HELP = "PDF、Word、Excel 或照片，每个不超过 20 MB，一次最多 {most} 个"
TOO_MANY = "一次最多 {most} 个，您选了 {chosen} 个，请分几次上传"
ACCEPT = ".pdf,.docx,.doc,.wps,.xlsx,.jpg,.jpeg,.png,.heic,.heif"


class PapersInput(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PapersField(forms.FileField):
    """Gives a list of `Checked`; at most `most` files. One that is refused refuses all, each with
    its sentence; `good` are then the others. `allowed`: what may be handed in, where it is less
    than anywhere; `too_many`: what to say of more than `most`.
    """

    widget = PapersInput

    def __init__(self, *, most=MOST, label="文件", allowed="", too_many=TOO_MANY, **options):
        self.most, self.allowed, self.too_many, self.good = most, allowed, too_many, []
        options.setdefault("help_text", HELP.format(most=most))
        options.setdefault("error_messages", {"required": "请先选文件"})
        super().__init__(label=label, **options)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, data, initial=None):
        uploads = [upload for upload in data or [] if upload]
        if not uploads and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        if len(uploads) > self.most:
            raise forms.ValidationError(self.too_many.format(most=self.most, chosen=len(uploads)))
        self.good, refused = [], []
        for upload in uploads:
            try:
                self.good.append(checked(upload))
            except UploadRefused as refusal:
                of_kind = self.allowed and isinstance(refusal, KindRefused)
                refused.append(refusal.told + self.allowed if of_kind else str(refusal))
        if refused:
            raise forms.ValidationError(refused)
        return self.good
