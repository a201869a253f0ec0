"""The sheets 届次 and 村居 bound to terms and villages."""

from collections import defaultdict

from django.db.models import Q

from congress.models import Place, PlaceFact, Term
from congress.place_tree import provisional_code
from congress.roles import OPERATOR_ROLE
from congress.scoping import code_range, codes_above
from congress.sheets.tables import Table
from deputies.binding import FilledTable, code_of_level, place_of_level
from deputies.columns import TERMS, VILLAGES

FACTS = {"population": PlaceFact.Kind.POPULATION, "households": PlaceFact.Kind.HOUSEHOLDS}


class TermTable(FilledTable):
    """One row a term; those of the county and above are shared by all who lie under them."""

    sheet = TERMS
    model = Term
    provides = "term"
    listed = ("level", "name", "starts", "ends")
    filters = (("level", "level"),)
    dated = "starts"

    def records(self, user, place=None):
        """The terms at or under a place and on the line above it."""
        terms = self.model.objects.visible_to(user)
        if place is None:
            return terms
        above = Q(place__code__in=codes_above(place.code))
        return terms.filter(code_range("place__code", place.code) | above)

    def names(self, load):
        """{(level, name): pk} of the terms of the congresses over the load's place."""
        terms = self.records(load.user, load.place).values_list(
            "level", "name", "place__code", "pk"
        )
        return {
            (level, name): pk
            for level, name, code, pk in terms
            if code == code_of_level(load.place.code, level)
        }

    def name_of(self, row):
        return row.get("level"), row.get("name")

    def check(self, load, row, values):
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends <= starts:
            load.error(row, "ends", f"结束日期不在开始日期{starts:%Y-%m-%d}之后，请核对")
        kept = self._kept(load).get(self.key(values), {})
        for field in ("starts", "ends"):
            if kept.get(field) and kept[field] != values.get(field):
                day = f"{kept[field]:%Y-%m-%d}"
                load.error(row, field, f"这一届由上级人大登记为{day}，乡镇不能改；请核对")

    def _kept(self, load):
        """The dates of terms above the load's place that its user may read and not change."""
        if "kept terms" not in load.bag:
            user = load.user
            above = self.records(user, load.place).filter(
                place__code__in=codes_above(load.place.code)
            )
            if user.role == OPERATOR_ROLE:
                above = above.none()
            load.bag["kept terms"] = {
                (term.level, term.name): {"starts": term.starts, "ends": term.ends}
                for term in above.select_related("place", "entered_by")
                if not term.place.code.startswith(user.place.code)
                and not (term.entered_by and term.entered_by.place_id == user.place_id)
            }
        return load.bag["kept terms"]

    def read(self, records):
        names = ("level", "name", "starts", "ends")
        return [(term, {name: getattr(term, name) for name in names}) for term in records]

    def exported(self, records):
        """Without terms whose first day is not known: mandates and meetings bring them anew."""
        return self.read(records.exclude(starts=None))

    def fill(self, load, record, values, row):
        self.copy(record, values, "level", "name", "starts", "ends")
        if record._state.adding:
            record.place = self._place(load, values["level"])

    def _place(self, load, level):
        places = load.bag.setdefault("places of levels", {})
        if level not in places:
            places[level] = place_of_level(load, level)
        return places[level]


class VillageTable(Table):
    """One row a village, a place with 12 digits; population and households are its facts."""

    sheet = VILLAGES
    model = Place
    search = ("name", "code")
    listed = ("name", "code", "population", "households")

    def records(self, user, place=None):
        return super().records(user, place).villages()

    def prepare(self, load, row):
        """A village that this sheet brings is no unknown one for the sheets after it."""
        name, code = row.values.get("name"), row.values.get("code")
        if name:
            load.growing.known("village").setdefault(name, None)
        if code and not code.startswith(load.place.code):
            load.error(row, "code", f"代码要以{load.place.name}的代码 {load.place.code} 开头")

    def check(self, load, row, values):
        code, name = values.get("code"), values.get("name")
        if not code:
            return
        codes = self._codes(load)
        official = {other: number for number, other in codes.items()}.get(name)
        if codes.get(code, name) != name:
            load.error(row, "code", f"代码 {code} 已是“{codes[code]}”的，请核对")
        elif official and official != code:
            load.error(row, "code", f"“{name}”的代码已登记为 {official}，请核对")
        codes[code] = name

    def _codes(self, load):
        """{official code: name} of the township's other villages, and of the rows seen so far."""
        if "village codes" not in load.bag:
            known = self.records(load.user, load.place).filter(provisional=False)
            known = known.exclude(pk=getattr(load.bag.get("by hand"), "pk", None))
            load.bag["village codes"] = dict(known.values_list("code", "name"))
        return load.bag["village codes"]

    def read(self, records):
        villages = list(records)
        facts = self._facts(villages)
        return [
            (
                village,
                {"name": village.name, "code": "" if village.provisional else village.code}
                | {
                    field: facts[village.pk][kind].value if kind in facts[village.pk] else None
                    for field, kind in FACTS.items()
                },
            )
            for village in villages
        ]

    def _facts(self, villages):
        """{village pk: {kind: its fact without dates}}."""
        found = defaultdict(dict)
        undated = PlaceFact._base_manager.filter(place__in=villages, starts=None, ends=None)
        for fact in undated.order_by("pk"):
            found[fact.place_id].setdefault(fact.kind, fact)
        return found

    def create(self, load, rows):
        known = load.growing.known("village")
        villages = [Place(name=row.values["name"], level="村居") for row in rows]
        for row, village in zip(rows, villages, strict=True):
            self._settle_code(load, village, row.values.get("code"))
            village.save()
            known[village.name] = village.pk
            load.made(row, village)
        for row, village in zip(rows, villages, strict=True):
            self._write_facts(load, row, village, row.values, frozenset(row.values), {})

    def update(self, load, changes):
        facts = self._facts([change.record for change in changes])
        for change in changes:
            village = change.record
            if "code" in change.fields:
                self._settle_code(load, village, change.after.get("code"))
            if {"code", "name"} & change.fields:
                village.name = change.after["name"]
                village.save()
            stored = facts[village.pk]
            self._write_facts(load, change.row, village, change.after, change.fields, stored)
            load.changed(change)

    def _settle_code(self, load, village, code):
        """The official code, or one for the time being."""
        village.code = code or provisional_code(load.place.code, 12)
        village.provisional = not code

    def _write_facts(self, load, row, village, values, fields, stored):
        """Write population and households; not by save(), whose audit entry would hold the village
        fast when its import is undone."""
        facts = PlaceFact._base_manager
        for field in FACTS.keys() & fields:
            fact, value = stored.get(FACTS[field]), values.get(field)
            if fact is None and value is not None:
                fact = PlaceFact(place=village, kind=FACTS[field], value=value)
                fact.entered_by, fact.entered_at = load.author, load.now
                facts.bulk_create([fact])
                load.made(row, fact)
            elif fact and value is None:
                facts.filter(pk=fact.pk).delete()
            elif fact:
                facts.filter(pk=fact.pk).update(value=value, version=fact.version + 1)
