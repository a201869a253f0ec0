"""The sheet 意见建议 bound to cases."""

from collections import defaultdict

from congress.crypto import fingerprint
from congress.sheets.columns import Pair
from congress.sheets.tables import Table
from congress.sheets.values import split_name
from deputies.lookup import canonical
from suggestions import checks
from suggestions.columns import CASES, is_outside, outside
from suggestions.desk import matter
from suggestions.likeness import index, index_new
from suggestions.models import Case, Outcome, Proposer, Standing, Step
from suggestions.numbers import step_past
from suggestions.row_events import (
    GIVEN_OUT,
    events_of,
    first_steps,
    given_out,
    knowing_more,
    leads_of,
    said_anew,
    same_event,
    values_of,
)
from suggestions.stepping import Ids, Names, note_events, supersede
from suggestions.store import steps_by_case
from suggestions.words import STATE_SHAPES, Kind, Origin, State

PLAIN = (
    "number",
    "title",
    "kind",
    "motion_fate",
    "body",
    "raised_at",
    "raised_on",
    "platform",
    "public",
)
REFERRED = ("meeting", "station", "activity_name", "phone", "phone_print")
CHILD_MODELS = {"villages": Case.villages.through, "proposers": Proposer, "outcomes": Outcome}
CHILDREN = frozenset(CHILD_MODELS)


class CaseTable(Table):
    """One row a case: facts, and the first step of each kind."""

    sheet = CASES
    model = Case
    provides = "case"
    search = ("number", "title", "body", "proposers__name", "units__unit__name")
    listed = ("title", "number", "category", "proposers", "raised_on", "lead")
    # What was handed in; all that happened afterwards is steps.
    form_fields = (
        *("number", "title", "kind", "motion_fate", "body", "category", "origin", "proposers"),
        *("phone", "raised_on", "occasion", "meeting", "station", "activity", "platform"),
        *("villages", "raised_at", "public", "outcomes"),
    )
    filters = (("kind", "kind"), ("raised_at", "raised_at"))
    state_words = tuple(word for word in State.values if word != State.DRAFT)
    dated = "raised_on"

    def names(self, load):
        return dict(self.records(load.user, load.place).values_list("number", "pk"))

    def prepare(self, load, row):
        values = row.values
        self._resolve_people(load, row)
        for kind, field in (
            ("meeting", "meeting"),
            ("station", "station"),
            ("activity", "activity"),
            ("case", "into"),
        ):
            name = values.get(field)
            if name and not load.knows(kind, name):
                load.error(row, field, f"没有找到“{name}”，请先登记或核对写法")
        if values.get("category"):
            load.growing.word(row, "category", "建议类别", values["category"])
        for name in values.get("villages") or ():
            load.growing.village(row, "villages", name)
        for field, names in (("lead", leads_of(values)), ("helpers", values.get("helpers") or ())):
            for name in names:
                load.growing.unit(row, field, name)

    def _resolve_people(self, load, row):
        """Deputies are found in the roster; citizens are free names."""
        if row.values.get("origin") != Origin.DEPUTY or load.bag.get("free_proposers"):
            return
        found = []
        for text in row.values.get("proposers") or ():
            name, message = canonical(load, split_name(text)[0] if is_outside(text) else text)
            if message and is_outside(text):
                load.finding(row, "proposers", f"{text}：代表名册里没有，按文字保留")
            elif message:
                load.error(row, "proposers", message)
            found.append(name or text)
        if found:
            row.values["proposers"] = found

    def check(self, load, row, values):
        checks.complete(load, row, values)
        checks.check_case(load, row, values)

    def exported(self, records):
        """Without what somebody drafted and has not handed in."""
        return self.read(records.filter(handed_in=True))

    def read(self, records):
        cases = list(records.select_related("meeting", "station"))
        # The keys, not the query once more: PostgreSQL plans that badly on tables just filled.
        names, parts = Names(), _Parts([case.pk for case in cases])
        return [(case, self._values(case, parts, names)) for case in cases]

    def _values(self, case, parts, names):
        values = {name: getattr(case, name) for name in PLAIN}
        values |= values_of(parts.steps[case.pk], names)
        return values | {
            "phone": case.phone,
            "meeting": case.meeting.name if case.meeting else "",
            "station": case.station.name if case.station else "",
            "activity": case.activity_name,
            "villages": [row.place.name for row in parts.villages[case.pk]],
            "proposers": _named(parts.proposers[case.pk], values["origin"]),
            "outcomes": [
                Pair(row.name, row.number, row.measure) for row in parts.outcomes[case.pk]
            ],
        }

    def in_state(self, records, word):
        return records.filter(standings__ends=None, standings__state=word)

    def list_text(self, field, text):
        return matter(text) if field == "title" else text

    def states(self, user, pks):
        now = Standing.objects.visible_to(user).filter(case__in=pks, ends=None)
        found = dict(now.values_list("case", "state"))
        states = {pk: found.get(pk, State.DRAFT) for pk in pks}
        return {pk: (state, STATE_SHAPES[state]) for pk, state in states.items()}

    def create(self, load, rows):
        cases = [
            self._filled(
                load, Case(place=load.place, entered_by=load.author, entered_at=load.now), row
            )
            for row in rows
        ]
        Case._base_manager.bulk_create(cases, batch_size=500)
        for case, row in zip(cases, rows, strict=True):
            load.made(row, case)
        load.forget("case")
        self._children(
            load, [(case, row.values, CHILDREN) for case, row in zip(cases, rows, strict=True)]
        )
        ids = Ids(load)
        for case, row in zip(cases, rows, strict=True):
            events = events_of(row.values, ids)
            for slot in set(row.notes) & set(events):
                events[slot].note = row.notes[slot]
            note_events(load, case, row, list(events.values()), new=True)
        step_past(load.place, [case.number for case in cases])
        index_new(cases)

    def _filled(self, load, case, row):
        values = row.values
        for name in PLAIN:
            column = self.sheet.column(name)
            setattr(
                case, name, values[name] if values.get(name) is not None else column.rule.empty()
            )
        case.kind = case.kind or Kind.SUGGESTION
        self._refer(load, case, values)
        return case

    def _refer(self, load, case, values):
        case.meeting_id = load.pk("meeting", values.get("meeting") or None)
        case.station_id = load.pk("station", values.get("station") or None)
        case.activity_name = values.get("activity") or ""
        case.phone = values.get("phone") or ""
        case.phone_print = fingerprint(case.phone) if case.phone else ""

    def _children(self, load, filled):
        """Insert villages, proposers, outcomes of many cases: [(case, values, which of them)]."""
        through = Case.villages.through
        villages, proposers, outcomes = [], [], []
        for case, values, which in filled:
            if "villages" in which:
                villages += [
                    through(case_id=case.pk, place_id=load.growing.village_pk(name))
                    for name in values.get("villages") or ()
                ]
            if "proposers" in which:
                proposers += self._proposers(load, case, values)
            if "outcomes" in which:
                outcomes += [
                    Outcome(case=case, name=pair.name, number=pair.number, measure=pair.unit)
                    for pair in values.get("outcomes") or ()
                ]
        through._base_manager.bulk_create(villages, batch_size=1000)
        Proposer._base_manager.bulk_create(proposers, batch_size=1000)
        Outcome._base_manager.bulk_create(outcomes, batch_size=1000)

    def _proposers(self, load, case, values):
        known = load.names("person") if values.get("origin") == Origin.DEPUTY else {}
        return [
            Proposer(case=case, order=order, name=_bare(name), person_id=known.get(name))
            for order, name in enumerate(values.get("proposers") or ())
        ]

    def update(self, load, changes):
        ids = Ids(load)
        self._replace_facts(load, changes)
        steps = steps_by_case([change.record.pk for change in changes])
        for change in changes:
            case = change.record
            before, after = events_of(change.before, ids), events_of(change.after, ids)
            stored = first_steps(steps[case.pk])
            if given := stored.get(GIVEN_OUT):
                before[GIVEN_OUT], after[GIVEN_OUT] = (
                    given_out(given, events) for events in (before, after)
                )
            added = []
            for slot in {**stored, **after}:
                old, new = stored.get(slot), after.get(slot)
                if old and new and slot in before and same_event(before[slot], new):
                    continue  # the row says the same as before; the step may know more
                if old:
                    supersede(old, new, load)
                if new:
                    added.append(knowing_more(old, new, change.fields))
            for old, new in said_anew(steps[case.pk], stored.get("raise"), after, change.fields):
                supersede(old, new, load)
                added.append(new)
            note_events(load, case, change.row, added, new=False)
            load.changed(change)

    def _replace_facts(self, load, changes):
        """Write what is no step; the version of each case goes up."""
        for change in changes:
            case, values = change.record, change.after
            for name in set(PLAIN) & change.fields:
                empty = self.sheet.column(name).rule.empty()
                setattr(case, name, empty if values[name] is None else values[name])
            self._refer(load, case, values)
            case.version += 1
        cases = [change.record for change in changes]
        Case._base_manager.bulk_update(cases, (*PLAIN, *REFERRED, "version"), batch_size=100)
        index([change.record for change in changes if "title" in change.fields])
        for child, model in CHILD_MODELS.items():
            gone = [change.record.pk for change in changes if child in change.fields]
            model._base_manager.filter(case__in=gone).delete()
        self._children(load, [(each.record, each.after, each.fields) for each in changes])


def _named(proposers, origin):
    """Who raised a case, as the cell has it; a deputy whom the roster lacks is marked."""
    mark = outside if origin == Origin.DEPUTY else str
    return [str(row.person) if row.person else mark(row.name) for row in proposers]


def _bare(name):
    """The name alone where the cell marks it as outside the roster."""
    return split_name(name)[0] if is_outside(name) else name


class _Parts:
    """What hangs on many cases, {case: rows in order}: four queries however many cases."""

    def __init__(self, cases):
        def of_cases(model, *order):
            rows = model._base_manager.filter(case__in=cases).order_by(*order)
            return rows.select_related(*_WITH.get(model, ()))

        self.villages = _by_case(of_cases(Case.villages.through, "pk"))
        self.proposers = _by_case(of_cases(Proposer, "order", "pk"))
        self.outcomes = _by_case(of_cases(Outcome, "pk"))
        self.steps = _by_case(of_cases(Step, "on", "order", "pk").filter(superseded_at=None))


_WITH = {Case.villages.through: ("place",), Proposer: ("person",)}


def _by_case(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
