"""Units, words and villages that a ledger names for the first time: found while checking, made
while writing.
"""

from congress.models import Place, Unit, UnitAlias, Word
from congress.place_tree import provisional_code


class GrowingNames:
    """Finds units, words and villages by name for one load, and makes the unknown ones with a
    finding.
    """

    def __init__(self, load):
        self.load = load
        self._known = {}
        self._new = {}

    def unit(self, row, field, name):
        """Meet a unit's name in a cell; an unknown one will be made in the place of the load."""
        self._meet(row, field, "unit", name, f"单位“{name}”是新的，已加入承办单位")

    def word(self, row, field, kind, text):
        """Meet a word of a county's list; an unknown one will be added to the list."""
        self._meet(row, field, kind, text, f"“{text}”不在{kind}词表里，已加入词表")

    def village(self, row, field, name):
        """Meet a village's name; an unknown one will be made with a provisional code."""
        self._meet(row, field, "village", name, f"村居“{name}”是新的，已按暂编代码加入")

    def pk(self, kind, name):
        """The key of a unit, word or village that was met; None for an empty name."""
        return None if name is None else self.known(kind)[name]

    def unit_pk(self, name):
        return self.pk("unit", name)

    def village_pk(self, name):
        return self.pk("village", name)

    def known(self, kind):
        """{name: pk} of what the database holds of a kind."""
        if kind not in self._known:
            readers = {"unit": self._units, "village": self._villages}
            self._known[kind] = readers[kind]() if kind in readers else self._words(kind)
        return self._known[kind]

    def _meet(self, row, field, kind, name, message):
        new = self._new.setdefault(kind, {})
        if name is None or name in self.known(kind) or name in new:
            return
        new[name] = row
        self.load.finding(row, field, message)

    def _units(self):
        user, place = self.load.user, self.load.place
        above = [place.code[:6], place.code]
        units = Unit.objects.visible_to(user).filter(place__code__in=above)
        found = {
            unit.name: unit.merged_into_id or unit.pk for unit in units.order_by("place__code")
        }
        aliases = (
            UnitAlias.objects.visible_to(user).filter(place__code__in=above).select_related("unit")
        )
        return {alias.name: alias.unit.merged_into_id or alias.unit_id for alias in aliases} | found

    def _villages(self):
        villages = (
            Place.objects.visible_to(self.load.user).in_place(self.load.place).filter(level="村居")
        )
        return {village.name: village.pk for village in villages.order_by("-provisional", "-pk")}

    def _words(self, kind):
        words = Word.objects.visible_to(self.load.user).filter(
            place__code__in=self._county_codes(), kind=kind
        )
        return {word.text: word.pk for word in words}

    def _county_codes(self):
        return [self.load.place.code[:6], self.load.place.code]

    def make(self):
        """Insert what was met and is unknown; called once, inside the transaction of the load."""
        for kind, new in self._new.items():
            maker = {"unit": self._make_unit, "village": self._make_village}.get(kind)
            for name, row in new.items():
                record = maker(name) if maker else self._make_word(kind, name)
                self._known[kind][name] = record.pk
                self.load.made(row, record, "add")
        self._new.clear()

    def _make_unit(self, name):
        unit = Unit(place=self.load.place, name=name, entered_by=self.load.author)
        unit.save()
        return unit

    def _make_word(self, kind, text):
        county = Place.objects.visible_to(self.load.user).get(code=self.load.place.code[:6])
        word = Word(place=county, kind=kind, text=text, entered_by=self.load.author)
        word.save()
        return word

    def _make_village(self, name):
        code = provisional_code(self.load.place.code, 12)
        village = Place(code=code, name=name, level="村居", provisional=True)
        village.save()
        return village
