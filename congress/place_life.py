"""What happens to a place: its name, its official code, its end (撤乡并镇). History stays under the
old place."""

from django.db import transaction

from congress import audit
from congress.models import Place, User
from congress.roles import Role
from congress.scoping import OPERATOR, code_range

PARENT_DIGITS = {12: 9, 9: 6, 6: 4, 4: 2}


def kept_by(user):
    """The places that a user may change: under the own one; county and administrator also the own
    one."""
    rows = Place.objects.visible_to(user).in_place(user.place)
    return rows if user.role in (Role.COUNTY, Role.SYSADMIN) else rows.exclude(pk=user.place_id)


def save(place, **columns):
    """Write these columns of a place, with an audit entry."""
    before = Place.objects.visible_to(OPERATOR).get(pk=place.pk)
    for name, value in columns.items():
        setattr(place, name, value)
    with transaction.atomic():
        place.save(update_fields=list(columns))
        audit.note("update", place, before=before)


def new_code_wrong(place, code):
    """Why a provisional place cannot get that code, in Chinese; empty where it can."""
    digits = len(place.code)
    if not code.isdecimal() or len(code) != digits:
        return f"{place.level}的代码是{digits}位数字，“{code}”是{len(code)}位。"
    parent = place.code[: PARENT_DIGITS.get(digits, 0)]
    if not code.startswith(parent):
        return f"代码要以上级的代码 {parent} 开头。"
    other = (
        Place.objects.visible_to(OPERATOR)
        .filter(code_range("code", code))
        .exclude(pk=place.pk)
        .first()
    )
    return f"代码 {code} 下已经有“{other.name}”。" if other else ""


def give_code(place, code):
    """A provisional place gets its official code; the codes of what lies under it begin with it
    from then on."""
    old = place.code
    under = Place.objects.visible_to(OPERATOR).filter(code_range("code", old)).exclude(pk=place.pk)
    with transaction.atomic():
        save(place, code=code, provisional=False)
        for child in under:
            save(child, code=code + child.code[len(old) :])


def people_at(place):
    """Active accounts that still belong to the place."""
    return User.objects.visible_to(OPERATOR).filter(place=place, is_active=True)
