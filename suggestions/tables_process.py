"""The sheet 办理过程 bound to the further steps of cases."""

from django.db.models import Q

from congress.county_settings import values_by_day
from congress.sheets.tables import Table
from suggestions.columns import PROCESS
from suggestions.models import Case, Step
from suggestions.row_cells import GIVING, REPLIES, note_of, note_text, units_of, units_text
from suggestions.row_events import GIVEN_OUT, HANDINGS, first_steps
from suggestions.row_order import complete
from suggestions.stepping import Names, note_events, settle, supersede
from suggestions.words import ResultClass

# A row of the same case, day and kind as one of these adds its note to the step that the case's
# own row told of.
TOLD_TWICE = frozenset({"登记", "受理", "交办", "签收", "面商", "答复", "评价", "办结"})
# The sheet knows one word for a deadline that moved.
TOLD_AS = {"定为疑难": "延期", "期限重算": "延期"}
# Nor has it one for a case returned and handed over anew, but not by 交办.
HANDED_ANEW = {"转办": "改办", "转交上级": "改办"}
# Of these the case's own row holds the day alone.
DAY_ALONE = frozenset({"签收", "面商", "办结"})
# What such a row may add.
ADDED = ("unit_id", "result", "due", "note")
# What of a step's data the cells of a row hold.
IN_CELLS = frozenset({"leads", "helpers", "promise", "promise_by"})
LONGEST_NOTE = 500


class ProcessTable(Table):
    """One row a step."""

    sheet = PROCESS
    model = Step
    search = ("case__number", "case__title", "note")
    listed = ("number", "on", "step", "unit", "result", "due", "note")
    filters = (("step", "name"),)
    dated = "on"

    def records(self, user, place=None):
        steps = super().records(user, place).filter(superseded_at=None, data__implied__isnull=True)
        told = [*self.sheet.column("step").rule.words(), "重点", "并案"]
        again = Q(name__in=HANDED_ANEW, data__again=True)
        return steps.filter(Q(name__in=told) | Q(name__in=TOLD_AS, due__isnull=False) | again)

    def prepare(self, load, row):
        values = row.values
        number = values.get("number")
        if number and not load.knows("case", number):
            load.error(row, "number", f"没有编号为“{number}”的意见建议")
        leads, helpers = units_in(values)
        for name in (*leads, *(helpers or ())):
            load.growing.unit(row, "unit", name)
        if len(note_in(values)[0]) > LONGEST_NOTE:
            load.error(row, "note", f"说明最多{LONGEST_NOTE}字（承诺事项、责任人两行不算在内）")
        self._check_result(load, row)

    def _check_result(self, load, row):
        step, result = row.values.get("step"), row.values.get("result")
        if step == "评价" and (not result or result in ResultClass.values):
            load.error(row, "result", "评价要写 满意、基本满意、不满意 或 未表态")
        if step == "再次答复" and result and result not in ResultClass.values:
            load.error(row, "result", "再次答复的结果要写 A、B、C 或 D")
        if step == "延期" and not row.values.get("due"):
            load.error(row, "due", "延期要写新的答复期限，如 2024-12-18")

    def read(self, records):
        names = Names()
        return [(step, self._values(step, names)) for step in records.select_related("case")]

    def _values(self, step, names):
        return {
            "number": step.case.number,
            "on": step.on,
            "step": (TOLD_AS | HANDED_ANEW).get(step.name, step.name),
            "unit": self._unit_cell(step, names),
            "result": step.result,
            "due": step.due,
            "note": note_text(step.note, step.data) if step.name in REPLIES else step.note,
        }

    def _unit_cell(self, step, names):
        if step.name not in GIVING or not step.data.get("leads"):
            return names.unit(step.unit_id)
        helpers = step.data.get("helpers")
        if helpers is not None:
            helpers = [names.unit(pk) for pk in helpers]
        if step.name in HANDINGS:
            helpers = helpers or None  # nobody helped before
        return units_text([names.unit(pk) for pk in step.data["leads"]], helpers)

    def exported(self, records):
        """Without the steps that the row of the case itself tells in full."""
        ordered = records.order_by("case", "on", "order", "pk")
        pairs = self.read(ordered.exclude(name__in=["重点", "并案"]))
        by_case = {}
        for step, _ in pairs:
            by_case.setdefault(step.case_id, []).append(step)
        told = {
            step.pk
            for steps in by_case.values()
            for slot, step in first_steps(steps).items()
            if slot != GIVEN_OUT
        }
        return [pair for pair in pairs if pair[0].pk not in told or _says_more(pair[0])]

    def create(self, load, rows):
        for row in rows:
            values = row.values
            case = self._case(load, values["number"])
            step = Step(name=values["step"], on=values["on"], **self._told_in(load, values))
            told = self._told(load, case, step)
            if told is None:
                note_events(load, case, row, [step], new=False)
                load.bag.setdefault("process", []).append((row, step))
            else:
                load.bag.setdefault("told twice", set()).add(id(told))
                for name in ADDED:
                    setattr(told, name, getattr(told, name) or getattr(step, name))
                more = {key: step.data[key] for key in step.data if not told.data.get(key)}
                told.data |= more

    def _told_in(self, load, values):
        """The fields of a step that the cells of a row hold."""
        leads, helpers = units_in(values)
        note, data = note_in(values)
        keys = [load.growing.unit_pk(name) for name in leads]
        if len(keys) > 1 or helpers is not None:
            data["leads"] = keys
        if helpers is not None:
            data["helpers"] = [load.growing.unit_pk(name) for name in helpers]
        return {
            "unit_id": keys[0] if keys else None,
            "result": values.get("result") or "",
            "due": values.get("due"),
            "note": note,
            "data": data,
        }

    def _case(self, load, number):
        pk = load.pk("case", number)
        noted = load.bag.get("events", {})
        if pk in noted:
            return noted[pk][0]
        cases = load.bag.setdefault("cases", {})
        if not cases:
            wanted = {load.pk("case", row.values["number"]) for row in load.created[self]}
            cases.update(Case._base_manager.in_bulk(wanted))
        return cases[pk]

    def _told(self, load, case, step):
        """The step of the case's own row that says the same event, where one does; each once."""
        if step.name not in TOLD_TWICE:
            return None
        events = load.bag.get("events", {}).get(case.pk, (None, None, []))[2]
        taken = load.bag.get("told twice", ())
        same = (one for one in events if id(one) not in taken and _same(one, step))
        return next((one for one in same if one.row.sheet is not self.sheet), None)

    def update(self, load, changes):
        for change in changes:
            old, values = change.record, change.after
            told = self._told_in(load, values)
            kept = {key: value for key, value in old.data.items() if key not in IN_CELLS}
            told["data"] = kept | told["data"]
            step = Step(name=old.name, on=old.on, attitude=old.attitude, **told)
            supersede(old, step, load)
            note_events(load, old.case, change.row, [step], new=False)
            load.changed(change)

    def finish(self, load):
        setting = values_by_day(load.place)
        for _case, new, events in load.bag.get("events", {}).values():
            if new:
                complete(events, setting)
        settle(load)
        for row, step in load.bag.pop("process", []):
            load.made(row, step)


def units_in(values):
    """(leads, co-units or None) of a row; only one that gives a case to units names several."""
    if values.get("step") in GIVING:
        return units_of(values.get("unit"))
    return [name for name in [values.get("unit")] if name], None


def note_in(values):
    """(note, promise) of a row; only a reply promises."""
    if values.get("step") in REPLIES:
        return note_of(values.get("note"))
    return values.get("note") or "", {}


def _same(told, step):
    """Whether a row tells again of a step: nothing else than what is known of it, or more."""
    if (told.name, told.on) != (step.name, step.on):
        return False
    pairs = [(getattr(told, name), getattr(step, name)) for name in ADDED]
    return all(not one or not other or one == other for one, other in pairs)


def _says_more(step):
    """Whether a step holds more than the row of its case tells of it."""
    unit_alone = step.unit_id and step.name not in HANDINGS
    promised = step.name in REPLIES and step.data.get("promise")
    more = step.name in DAY_ALONE and (step.result or step.due)
    return bool(step.note or promised or unit_alone or more)
