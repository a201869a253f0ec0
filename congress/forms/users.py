"""The form of an account."""

import unicodedata

from django import forms
from django.core.validators import RegexValidator

from congress import accounts, first_passwords
from congress.doors import own
from congress.forms.fields import PlaceChoice
from congress.forms.filters import FilterForm, choice
from congress.models import Place, Unit, User
from congress.roles import Role

USERNAME = RegexValidator(
    r"^[\w.@-]{2,40}$", "用户名用字母、数字、汉字和 . _ @ -，2 到 40 个字符。"
)
WAITING, CLOSED, IN_USE = "待设密码", "停用", "在用"


class UserForm(forms.ModelForm):
    """An account, as the actor may make or change it. The password is not among its fields."""

    username = forms.CharField(
        label="用户名", required=False, max_length=40, validators=[USERNAME],
        help_text="登录时输入的名字，不填就按姓名的拼音起一个。",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )  # fmt: skip
    place = PlaceChoice(label="地方", queryset=None, empty_label=None)
    unit = forms.ModelChoiceField(
        label="承办单位", queryset=None, required=False, empty_label="不是承办单位的人",
        help_text="只有承办单位经办人要选。",
    )  # fmt: skip

    class Meta:
        model = User
        fields = ["name", "username", "role", "place", "unit"]

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        roles = accounts.grants(actor)
        levels = set().union(*(accounts.LEVELS[role] for role in roles))
        units = own(Unit, actor).filter(closed_on=None).select_related("place")
        self.fields["role"].choices = [
            ("", "请选择角色"),
            *((each.value, each.label) for each in roles),
        ]
        self.fields["place"].queryset = own(Place, actor).filter(level__in=levels, valid_to=None)
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.place.name} · {unit.name}"
        self.before = accounts.facts(self.instance) if self.instance.pk else None

    def clean_username(self):
        name = unicodedata.normalize("NFKC", self.cleaned_data["username"]).strip()
        if not name:
            return self.instance.username or accounts.free_username(
                self.cleaned_data.get("name", "")
            )
        if accounts.is_taken(name, self.instance.pk):
            raise forms.ValidationError(f"用户名“{name}”已经有人用了，请换一个。")
        return name

    def clean(self):
        chosen = super().clean()
        role, place, unit = (chosen.get(name) for name in ("role", "place", "unit"))
        if role and place and place.level not in accounts.LEVELS[Role(role)]:
            self.add_error("place", f"{Role(role).label}不能设在{place.level}一级，请换一个地方。")
        if role == Role.UNIT and place and (unit is None or unit.place_id != place.pk):
            self.add_error("unit", f"承办单位经办人要选一个{place.name}的单位。")
        if role != Role.UNIT:
            chosen["unit"] = None
        return chosen


class UserFilter(FilterForm):
    """The list of accounts: by words, role and state."""

    searched = ("name", "username", "unit__name", "place__name")

    role = choice("角色", Role.choices)
    state = choice("状态", [(word, word) for word in (IN_USE, WAITING, CLOSED)])

    def narrow_more(self, rows, chosen):
        if chosen["role"]:
            rows = rows.filter(role=chosen["role"])
        waiting = {"must_change_password": True, "password__startswith": "!"}
        states = {
            IN_USE: rows.filter(is_active=True).exclude(**waiting),
            WAITING: rows.filter(is_active=True, **waiting),
            CLOSED: rows.filter(is_active=False),
        }
        return states.get(chosen["state"], rows)


def state_of(user):
    """The word for an account's state, as the filter knows it."""
    if not user.is_active:
        return CLOSED
    return WAITING if first_passwords.is_waiting(user) else IN_USE
