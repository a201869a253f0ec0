"""Numbers of the cases of a table that is not ours: each its own, and the same again next time."""

import re
from collections import defaultdict

from congress.models import Place
from congress.sheets.tables import Row
from reports.foreign_load import ForeignLoad
from suggestions.models import Case

UNNUMBERED = "未编号-"
UNNUMBERED_FORM = re.compile(r"未编号-\d+")
ADDED = re.compile(r"（\d+）$")


class Numbers:
    """Gives the cases of one table their numbers; a number that is taken gets （2）, （3） …

    A case that is there already is known again by number and title, so that a second import finds
    it, and a case of another year with the same number stays apart.
    """

    def __init__(self, place: Place, user) -> None:
        self._used: dict[str, int] = {}  # number → row of the file that has it
        self._tried: dict[str, int] = {}  # number as written → up to which n it is taken
        self._stored: dict[str, set[str]] = defaultdict(set)  # code of a place → its numbers
        self._same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        cases = Case.objects.visible_to(user).in_place(place).order_by("pk")
        for code, number, title in cases.values_list("place__code", "number", "title"):
            self._stored[code].add(number)
            self._same[code, _written(number), title].append(number)

    def give(self, load: ForeignLoad, row: Row) -> None:
        """Set the number of a row, with a finding where it is not the one that stands there."""
        written = row.values.get("number") or ""
        number = self._number(load.place.code, written, row.values.get("title"))
        first = self._used.get(written)
        self._used[number] = row.number
        row.values["number"] = number
        if not written:
            load.finding(row, "number", f"没有编号，登记为{number}")
        elif number != written:
            other = f"与第{first}行相同" if first else "已是另一件"
            load.finding(row, "number", f"编号{written}{other}，登记为{number}")

    def _number(self, code: str, written: str, title: str | None) -> str:
        """That of the same case where it is stored, else the next that is free."""
        known = (one for one in self._same[code, written, title] if one not in self._used)
        if found := next(known, None):
            return found
        number = _nth(written, self._tried.get(written, 1))
        while number in self._used or number in self._stored[code]:
            self._tried[written] = self._tried.get(written, 1) + 1
            number = _nth(written, self._tried[written])
        return number


def _nth(written: str, n: int) -> str:
    if not written:
        return f"{UNNUMBERED}{n}"
    return written if n == 1 else f"{written}（{n}）"


def _written(number: str) -> str:
    """The number as it stood in the file: without what `give` added."""
    return "" if UNNUMBERED_FORM.fullmatch(number) else ADDED.sub("", number)
