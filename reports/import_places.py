"""The place that an import goes to, by its official code; also one that is still to be made."""

from congress.models import Place
from congress.place_tree import ensure_place, provisional_code
from congress.places import name_of
from congress.scoping import OPERATOR

# Of which length the code of an import may be: a county's where the table or ledger is its own.
DIGITS = (6, 9)
NOT_YET = -1  # key of a place that is still to be made


class UnknownPlace(Exception):
    """No such place, and its code does not say where it would be; the message is Chinese."""


def place_for(code: str, digits: tuple[int, ...] = (9,)) -> tuple[Place, bool]:
    """(place, whether it is still to be made) of an official code.

    A code that is not there is taken where the bundled list knows its county: a township that
    imports on its first day. `digits`: how long the code may be. UnknownPlace otherwise.
    """
    place = Place.objects.visible_to(OPERATOR).filter(code=code).first()
    if place is None and not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12)):
        raise UnknownPlace(f"“{code}”不是行政区划代码：县6位、乡镇9位数字，如 360733100")
    if len(code) not in digits:
        wanted = "、".join({6: "县（6位）", 9: "乡镇（9位）"}[length] for length in digits)
        raise UnknownPlace(f"“{code}”要是{wanted}的行政区划代码")
    if place is not None:
        return place, False
    if not name_of(code[:6]):
        raise UnknownPlace(
            f"没有代码为 {code} 的地方；请核对代码，或先用 add_place {code} 名称 加上"
        )
    return planned(code, name_of(code) or code), True


def planned(code: str, name: str, provisional: bool = False) -> Place:
    """A place that is not saved yet; lookups by it find nothing."""
    level = {6: "县", 9: "乡镇"}[len(code)]
    return Place(pk=NOT_YET, code=code, name=name, level=level, provisional=provisional)


def make_place(place: Place) -> bool:
    """Save a planned place with its parents; False: it was there already."""
    if not place._state.adding:
        return False
    taken = Place.objects.visible_to(OPERATOR).filter(code=place.code).exists()
    if place.provisional and taken:
        place.code = provisional_code(place.code[:6], 9)
    saved = ensure_place(place.code, place.name)
    if place.provisional:
        saved.provisional = True
        saved.save(update_fields=["provisional"])
    place.pk, place._state.adding = saved.pk, False
    return True
