"""One table of a county whose rows go to several townships, each named in a column."""

from django.db import transaction

from congress.models import Place
from congress.place_tree import provisional_code
from congress.sheets.growing import GrowingNames
from congress.sheets.load import Load, Problem
from reports.foreign_load import ForeignLoad
from reports.import_places import planned

TOWN_ENDINGS = ("街道办事处", "街道", "镇", "乡")


class TownNames(GrowingNames):
    """Units and words of one township's part of a county's table: the county gets the new ones."""

    def __init__(self, load: Load, county: GrowingNames) -> None:
        super().__init__(load)
        self.county = county

    def _meet(self, row, field, kind, name, message):
        if kind == "village":
            super()._meet(row, field, kind, name, message)
        elif name is not None and name not in self.known(kind):
            self.county._meet(row, field, kind, name, message)

    def pk(self, kind, name):
        own = {} if name is None else self.known(kind)
        return own[name] if name in own else self.county.pk(kind, name)


class TownLoads:
    """The parts of one table that go to several townships of a county: one plan, one commit."""

    def __init__(self, county: ForeignLoad) -> None:
        self.county = county
        self.towns: dict[str, ForeignLoad] = {}
        places = Place.objects.visible_to(county.user).in_place(county.place)
        known = places.filter(level="乡镇", valid_to=None).order_by("-provisional", "-code")
        self._places = {place.name: place for place in known}
        self._short = _unambiguous(self._places.values())

    def load_of(self, town: str) -> ForeignLoad:
        """The load of the township of that name; a township that is not there is planned."""
        if not town:
            return self.county
        if town not in self.towns:
            place = self._places.get(town) or self._short.get(_short_name(town))
            twin = next((load for load in self.towns.values() if load.place is place), None)
            self.towns[town] = twin or self._new_load(town, place)
        return self.towns[town]

    def _new_load(self, town: str, place: Place | None) -> ForeignLoad:
        county = self.county
        if place is None:
            place = planned(self._free_code(), town, provisional=True)
            county.note(
                None, None, town, f"{county.place}下没有“{town}”，按暂编代码{place.code}加入"
            )
        load = ForeignLoad(place, county.user, county.sheet_name, county.headers)
        load.growing = TownNames(load, county.growing)
        return load

    def _free_code(self) -> str:
        """The next invented code that neither the database nor this plan uses."""
        codes = [load.place.code for load in self.towns.values() if load.place._state.adding]
        if codes:
            return str(int(max(codes)) + 1).zfill(9)
        return provisional_code(self.county.place.code, 9)

    @property
    def loads(self) -> list[ForeignLoad]:
        """The county's own load first, then each township's once."""
        return [self.county, *dict.fromkeys(self.towns.values())]

    @property
    def errors(self) -> list[Problem]:
        return _in_order(problem for load in self.loads for problem in load.errors)

    @property
    def findings(self) -> list[Problem]:
        return _in_order(problem for load in self.loads for problem in load.findings)

    @property
    def traces(self) -> list:
        return [trace for load in self.loads for trace in load.traces]

    def plan(self) -> None:
        """Check the rows of all townships."""
        for load in self.loads:
            load.plan()

    def commit(self) -> None:
        """Write all of it, or nothing."""
        with transaction.atomic():
            for load in self.loads:
                load.commit()

    def summary(self) -> dict:
        """Counts and problems of all townships together, as of one load."""
        total = self.county.summary()
        for load in self.loads[1:]:
            more = load.summary()
            for group in ("created", "updated", "unchanged"):
                for sheet, count in more[group].items():
                    total[group][sheet] = total[group].get(sheet, 0) + count
        total["errors"] = [vars(problem) for problem in self.errors]
        total["findings"] = [vars(problem) for problem in self.findings]
        return total


def _in_order(problems) -> list[Problem]:
    """Problems of the whole table first, then row by row."""
    return sorted(problems, key=lambda problem: problem.row or 0)


def _short_name(town: str) -> str:
    ending = next((ending for ending in TOWN_ENDINGS if town.endswith(ending)), "")
    short = town.removesuffix(ending)
    return short if len(short) >= 2 else town


def _unambiguous(places) -> dict[str, Place]:
    """Places by their name without 镇, 乡, 街道, where that fits one only."""
    found: dict[str, Place | None] = {}
    for place in places:
        short = _short_name(place.name)
        found[short] = None if short in found else place
    return {short: place for short, place in found.items() if place}
