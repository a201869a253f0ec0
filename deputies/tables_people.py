"""The sheets 代表名册, 代表职务 and 代表编组 bound to people, their mandates, their dated facts."""

from django.db.models import Prefetch

from congress.crypto import fingerprint
from congress.ledger_words import Level
from congress.pinyin import keys
from congress.places import name_of
from congress.sheets.values import name_text, split_name
from deputies.binding import BATCH, FilledTable, meet_term, refuse_disorder, term_pk
from deputies.columns import GROUPINGS, MANDATES, ROSTER
from deputies.lookup import namesakes, settle
from deputies.models import Mandate, Person, PersonFact

Kind = PersonFact.Kind
# Columns of the roster that stand for a fact without dates, and the fact's column they fill.
SHORTHAND = {
    "party": (Kind.PARTY, "value"),
    "station": (Kind.STATION, "value"),
    "chat_group": (Kind.CHAT_GROUP, None),
    "linked": (Kind.HOUSEHOLDS, "number"),
    "group": (Kind.GROUP, "value"),
    "topic_group": (Kind.TOPIC_GROUP, "value"),
}
NAMELESS = (Kind.CHAT_GROUP, Kind.HOUSEHOLDS)


def fact_name(fact):
    """What a fact is called: its station, or its own text (also a station not yet bound)."""
    return fact.station.name if fact.station_id else fact.value


def shorthand(facts):
    """{(person pk, kind): fact}: the facts that the roster shows; of several the first."""
    shown = {}
    for fact in sorted(facts, key=lambda fact: fact.pk):
        if fits_the_roster(fact):
            shown.setdefault((fact.person_id, fact.kind), fact)
    return shown


def fits_the_roster(fact):
    """Whether a column of the roster says all of this fact: no dates; a name or a number alone."""
    named, counted = bool(fact.value or fact.station_id), fact.number is not None
    if fact.starts or fact.ends or fact.kind == Kind.VOLUNTEERS:
        return False
    return named == (fact.kind not in NAMELESS) and counted == (fact.kind == Kind.HOUSEHOLDS)


def bind_stations(load):
    """Replace the names of stations by the stations: their sheet is written after the people's."""
    waiting = list(
        PersonFact._base_manager.filter(
            place=load.place, kind=Kind.STATION, station=None, value__gt=""
        )
    )
    known = load.names("station") if waiting else {}
    for fact in waiting:
        fact.station_id = known.get(fact.value)
        fact.value = "" if fact.station_id else fact.value
    PersonFact._base_manager.bulk_update(waiting, ["station", "value"], batch_size=BATCH)


class RosterTable(FilledTable):
    """One row a person; the facts of the shorthand columns are rows without dates."""

    sheet = ROSTER
    model = Person
    provides = "person"
    search = ("name", "pinyin", "initials", "work")
    listed = ("name", "note", "sex", "party", "occupation", "village", "station", "group")
    filters = (("sex", "sex"),)

    def names(self, load):
        """{canonical name: pk} of the township's own roster."""
        people = self.records(load.user).filter(place=load.place)
        return {
            name_text(name, note): pk for name, note, pk in people.values_list("name", "note", "pk")
        }

    def name_of(self, row):
        """姓名 or 姓名（备注）, also where both stand in the first column."""
        name = row.get("name")
        return name and (name if "（" in name else name_text(name, row.get("note") or ""))

    def prepare(self, load, row):
        values = row.values
        if "（" in (values.get("name") or ""):
            values["name"], note = split_name(values["name"])
            values.setdefault("note", note)
        load.growing.village(row, "village", values.get("village"))
        station = values.get("station")
        if station and not load.knows("station", station):
            load.error(row, "station", f"没有找到联络站“{station}”，请先登记或核对写法")

    def check(self, load, row, values):
        alike = namesakes(load, values.get("name"))
        if not values.get("note") and len(alike) > 1:
            load.finding(
                row, "note", f"名册里同名的有：{'、'.join(alike)}；请给这一位也写上备注，以便分清"
            )

    def read(self, records):
        undated = PersonFact._base_manager.filter(starts=None, ends=None).select_related("station")
        people = records.select_related("village").prefetch_related(
            Prefetch("facts", queryset=undated, to_attr="undated")
        )
        return [(person, self._values(person)) for person in people]

    def _values(self, person):
        shown = {kind: fact for (_, kind), fact in shorthand(person.undated).items()}
        names = ("name", "note", "sex", "born", "ethnic", "education", "occupation", "work")
        values = {name: getattr(person, name) for name in (*names, "phone")}
        values["village"] = person.village.name if person.village else ""
        for field, (kind, column) in SHORTHAND.items():
            fact = shown.get(kind)
            if column is None:
                values[field] = fact is not None
            elif column == "number":
                values[field] = fact.number if fact else None
            else:
                values[field] = fact_name(fact) if fact else ""
        return values

    def fill(self, load, record, values, row):
        self.copy(record, values, "name", "note", "sex", "born", "ethnic", "education")
        self.copy(record, values, "occupation", "work", "phone")
        record.pinyin, record.initials = keys(record.name)
        record.phone_print = fingerprint(record.phone)
        record.village_id = load.growing.village_pk(values.get("village") or None)

    def write_children(self, load, filled):
        people = [record.pk for record, _, _ in filled]
        stored = shorthand(PersonFact._base_manager.filter(person__in=people))
        new, changed, gone = [], [], []
        for person, values, fields in filled:
            for field, (kind, column) in SHORTHAND.items():
                fact, value = stored.get((person.pk, kind)), values.get(field)
                if field not in fields:
                    continue
                if value is None or value == "" or value is False:
                    gone += [fact.pk] if fact else []
                elif fact:
                    changed.append(self._say(fact, column, value))
                else:
                    new.append(self._say(self._fact(load, person, kind), column, value))
        PersonFact._base_manager.filter(pk__in=gone).delete()
        PersonFact._base_manager.bulk_create(new, batch_size=BATCH)
        columns = ["value", "number", "station", "version"]
        PersonFact._base_manager.bulk_update(changed, columns, batch_size=BATCH)

    def _fact(self, load, person, kind):
        origin = {"entered_by": load.author, "entered_at": load.now, "version": 0}
        return PersonFact(place=person.place, person=person, kind=kind, **origin)

    def _say(self, fact, column, value):
        fact.version += 1
        fact.station = None
        if column:
            setattr(fact, column, value)
        return fact

    def finish(self, load):
        bind_stations(load)


class MandateTable(FilledTable):
    """One row a mandate. A township enters the county mandates of its own roster too."""

    sheet = MANDATES
    model = Mandate
    search = ("person__name", "person__pinyin", "person__initials", "constituency", "card_number")
    listed = ("name", "level", "term", "constituency", "way", "elected_on", "ends", "end_reason")
    filters = (("level", "level"), ("way", "way"))
    dated = "elected_on"

    def prepare(self, load, row):
        settle(load, row, "name")
        spoken = str(row.raw.get("level", ""))
        if "市" in spoken and "代表" in spoken and name_of(load.place.code[:6]).endswith("市"):
            row.values["level"] = (
                Level.COUNTY.value
            )  # in a county-level city 市代表 are the county's
        meet_term(load, row, "term", row.values.get("level"))
        if "starts" in row.cleared:
            row.values["starts"] = row.values.get("elected_on")
            row.cleared -= {"starts"}

    def check(self, load, row, values):
        begun = values | {"starts": values.get("starts") or values.get("elected_on")}
        refuse_disorder(load, row, begun, ("ends", "starts"), ("resumed_on", "suspended_on"))
        if values.get("end_reason") and not values.get("ends"):
            load.error(row, "ends", "有终止原因，没有终止日期，请补上")
        if values.get("resumed_on") and not values.get("suspended_on"):
            load.error(row, "suspended_on", "有恢复日期，没有暂停日期，请补上")
        if values.get("ends") and not values.get("end_reason"):
            load.finding(row, "end_reason", "有终止日期，没有终止原因：不计入代表出缺")
        elected = values.get("elected_on")
        if elected and begun["starts"] and begun["starts"] < elected:
            load.finding(row, "starts", f"起任日期早于当选日期{elected:%Y-%m-%d}")

    def read(self, records):
        names = ("level", "constituency", "delegation", "card_number", "way", "elected_on")
        dates = ("starts", "suspended_on", "resumed_on", "ends", "end_reason")
        return [
            (
                mandate,
                {"name": str(mandate.person), "term": mandate.term.name}
                | {name: getattr(mandate, name) for name in (*names, *dates)},
            )
            for mandate in records.select_related("person", "term")
        ]

    def fill(self, load, record, values, row):
        self.copy(record, values, "level", "constituency", "delegation", "card_number", "way")
        self.copy(record, values, "elected_on", "suspended_on", "resumed_on", "ends", "end_reason")
        record.starts = values.get("starts") or values["elected_on"]
        record.person_id = load.pk("person", values["name"])
        record.term_id = term_pk(load, values["level"], values["term"], row)


class GroupingTable(FilledTable):
    """One row a dated fact of a deputy; one without dates is met here too."""

    sheet = GROUPINGS
    model = PersonFact
    search = ("person__name", "person__pinyin", "person__initials", "value", "station__name")
    listed = ("name", "kind", "value", "number", "starts", "ends")
    filters = (("kind", "kind"),)
    dated = "starts"

    def records(self, user, place=None):
        """All facts but the party, which only the roster holds."""
        return super().records(user, place).exclude(kind=Kind.PARTY)

    def prepare(self, load, row):
        settle(load, row, "name")
        kind, value = row.values.get("kind"), row.values.get("value")
        if kind == Kind.STATION and not value:
            load.error(row, "value", "请写明是哪个联络站")
        elif kind == Kind.STATION and not load.knows("station", value):
            load.error(row, "value", f"没有找到联络站“{value}”，请先登记或核对写法")
        elif kind and kind not in NAMELESS and not value:
            load.finding(row, "value", f"{kind}没有名称：不计入代表小组个数")

    def check(self, load, row, values):
        refuse_disorder(load, row, values, ("ends", "starts"))

    def read(self, records):
        facts = records.select_related("person", "station")
        return [(fact, self._values(fact)) for fact in facts]

    def _values(self, fact):
        values = {name: getattr(fact, name) for name in ("kind", "number", "starts", "ends")}
        return values | {"name": str(fact.person), "value": fact_name(fact)}

    def exported(self, records):
        """What an exported ledger holds: without the facts that the roster's columns show."""
        pairs = self.read(records)
        shown = {fact.pk for fact in shorthand(fact for fact, _ in pairs).values()}
        return [(fact, values) for fact, values in pairs if fact.pk not in shown]

    def create(self, load, rows):
        """Insert the rows; one without dates that the roster's row just brought is not doubled."""
        people = [load.pk("person", row.values["name"]) for row in rows]
        undated = PersonFact._base_manager.filter(person__in=people, starts=None, ends=None)
        known = {
            (fact.person_id, fact.kind, fact_name(fact))
            for fact in undated.select_related("station")
        }
        super().create(load, [row for row in rows if not self._doubles(load, row.values, known)])

    def _doubles(self, load, values, known):
        fact = (load.pk("person", values["name"]), values["kind"], values.get("value") or "")
        return not values.get("starts") and not values.get("ends") and fact in known

    def fill(self, load, record, values, row):
        self.copy(record, values, "kind", "value", "number", "starts", "ends")
        record.person_id = load.pk("person", values["name"])
        record.station = None

    def finish(self, load):
        bind_stations(load)
