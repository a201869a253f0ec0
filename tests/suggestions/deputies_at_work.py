"""Deputies of the tests, and a suggestion of theirs brought to a state by live steps."""

from datetime import date

from django.urls import reverse

from congress.models import User
from deputies.models import Person
from suggestions.models import Case
from suggestions.raising import begin_draft, hand_in
from suggestions.workflow import advance

TODAY = date(2026, 7, 1)
# What the form of a new suggestion sends.
TYPED = {
    "form_token": "form-1",
    "title": "关于给古坊桥头装路灯的建议",
    "body": "近两年摔车5起，建议装路灯8盏。",
    "public": "yes",
}


def address(name, case):
    """The address of a page of one case."""
    return reverse(name, kwargs={"pk": case.pk})


def fellow(township, name, username=None):
    """A further deputy of the township; with a username also an account."""
    user = None
    if username:
        user = User.objects.create_user(
            username, "Three-Rivers-2024", name=name, role="deputy", place=township
        )
    person = Person(place=township, name=name, user=user)
    person.save()
    return person


def sheet(**values):
    """What RaiseForm gives."""
    return {
        "title": "关于给古坊桥头装路灯的建议",
        "body": "古坊桥头弯急坡陡，近两年摔车5起。建议镇里装路灯8盏。",
        "villages": [],
        "category": None,
        "fellows": [],
        "public": True,
    } | values


def raised(user, now, on=TODAY, token="t-1", **values):
    """A suggestion that the deputy handed in."""
    case = begin_draft(user, token, today=on)
    hand_in(case, sheet(**values), user=user, today=on, now=now)
    return Case.objects.visible_to(user).get(pk=case.pk)


def handed_over(case, clerk, unit, on=TODAY):
    """转办 by the clerk to a unit: without the government's own layer."""
    for name, fields in (("登记", {}), ("受理", {}), ("转办", {"unit": unit})):
        advance(case, name, user=clerk, on=on, **fields)
    case.refresh_from_db()
    return case


def replied(case, clerk, unit, on=TODAY, again=False):
    """The unit's reply, typed in by the clerk."""
    if not again:
        advance(case, "签收", user=clerk, on=on, unit=unit)
    name = "再次答复" if again else "答复"
    note = "圩日前装好路灯8盏，已经通电。"
    advance(case, name, user=clerk, on=on, unit=unit, result="A", note=note)
    case.refresh_from_db()
    return case
