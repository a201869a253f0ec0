"""The form of a hand-over of the desk (请人代班)."""

from django import forms
from django.db.models import Q

from congress.forms.fields import DayField
from congress.models import Substitute, User
from congress.roles import Role
from congress.scoping import OPERATOR, code_range
from congress.substitution import LONGEST, MAY_STAND_IN, fits, overlapping


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.place.name} {user.name}（{user.get_role_display()}）"


class SubstituteForm(forms.Form):
    """Who is away (a clerk only oneself, the county any clerk under it), who stands in, from when
    to when.
    """

    absent = _Named(label="谁不在", queryset=None, empty_label="请选择")
    substitute = _Named(
        label="请谁代班", queryset=None, empty_label="请选择",
        help_text="代班的人这几天有干事的权限，办的事记在代班人名下",
    )  # fmt: skip
    starts = DayField(label="从")
    ends = DayField(label="到", help_text=f"这一天也算；一次不超过 {LONGEST} 天，到期自动结束")

    def __init__(self, *args, user, today, **options):
        super().__init__(*args, **options)
        self.user, self.today = user, today
        people = User.objects.visible_to(OPERATOR).filter(
            code_range("place__code", user.place.code), is_active=True
        )
        self.fields["absent"].queryset = people.filter(role=Role.CLERK)
        if user.role == Role.CLERK:
            del self.fields["absent"]
            people = people.filter(place=user.place_id).exclude(pk=user.pk)
        self.fields["substitute"].queryset = people.filter(role__in=MAY_STAND_IN)

    def clean_starts(self):
        starts = self.cleaned_data["starts"]
        if starts < self.today:
            raise forms.ValidationError(f"最早从今天（{self.today:%Y-%m-%d}）开始。")
        return starts

    def clean(self):
        values = super().clean()
        absent = values.setdefault("absent", self.user if self._is_own else None)
        other, starts, ends = (values.get(name) for name in ("substitute", "starts", "ends"))
        if starts and ends:
            self._check_days(starts, ends)
        if absent and other and not (fits(other, absent) and other != absent):
            self.add_error("substitute", f"要由{absent.place.name}的人或者县里的人来代班。")
        if absent and other and not self.errors:
            self._check_others(absent, other, overlapping(starts, ends))
        return values

    @property
    def _is_own(self):
        return "absent" not in self.fields

    def _check_days(self, starts, ends):
        if ends < starts:
            self.add_error("ends", f"结束日期要不早于开始日期 {starts:%Y-%m-%d}。")
        elif (ends - starts).days >= LONGEST:
            self.add_error("ends", f"一次最多 {LONGEST} 天；更久的请换人，到“用户”里改账号。")

    def _check_others(self, absent, other, same_days):
        """One substitute for one clerk at a time, and nobody stands in who is away."""
        rows = Substitute.objects.visible_to(OPERATOR).filter(same_days)
        busy = rows.filter(
            Q(absent=absent) | Q(absent=other) | Q(substitute=absent) | Q(substitute=other)
        )
        for row in busy.select_related("absent", "substitute")[:1]:
            self.add_error(
                None,
                f"{row.starts:%Y-%m-%d}到{row.ends:%Y-%m-%d}已经由{row.substitute.name}代"
                f"{row.absent.name}，日子重了。请改日期，或先收回那一次。",
            )

    def save(self):
        """The stored hand-over, entered by who filled in the form."""
        values = self.cleaned_data
        row = Substitute(place=values["absent"].place, entered_by=self.user, **values)
        row.save()
        return row
