"""Making places: with all parents that a code implies, or with an invented (provisional) code."""

from congress.models.places import PLACE_LEVELS, Place
from congress.places import name_of
from congress.scoping import OPERATOR


class BadCode(ValueError):
    """A code that is none: the message says in Chinese what a code looks like."""


def ensure_place(code, name=""):
    """The place of that official code, made with its parents where missing. BadCode: not 2, 4, 6,
    9 or 12 digits.
    """
    if not code.isdigit() or len(code) not in PLACE_LEVELS:
        raise BadCode(f"“{code}”不是行政区划代码：省2位、市4位、县6位、乡镇9位、村12位数字")
    for length in PLACE_LEVELS:
        if length < len(code):
            _ensure(code[:length], "")
    return _ensure(code, name)


def _ensure(code, name):
    place = Place.objects.visible_to(OPERATOR).filter(code=code).first()
    if place is None:
        place = Place(code=code, name=name or name_of(code) or code, level=PLACE_LEVELS[len(code)])
        place.save()
    elif name and place.name != name and place.name == code:
        place.name = name
        place.save(update_fields=["name"])
    return place


def provisional_code(parent_code, digits):
    """The next free invented code under a parent: counted from 901 (or 01 …) upwards, marked
    provisional by the caller.
    """
    width = digits - len(parent_code)
    start = 9 * 10 ** (width - 1) + 1
    taken = set(
        Place.objects.visible_to(OPERATOR)
        .filter(code__startswith=parent_code)
        .values_list("code", flat=True)
    )
    for number in range(start, 10**width):
        code = f"{parent_code}{number:0{width}d}"
        if code not in taken:
            return code
    raise BadCode(f"{parent_code} 下面已没有可用的暂编代码")
