"""Inserting the dated events of a load: arranged by the table of steps, stored with the standings
that follow.
"""

from django.db.models import BigIntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import cached_property

from congress.county_settings import values_by_day
from congress.models import Unit, Word
from congress.scoping import OPERATOR
from suggestions.deadlines import due_by_setting, handling_again_due
from suggestions.effects import BEGINNING
from suggestions.models import Case, Step
from suggestions.store import followers_of, steps_by_case, write
from suggestions.workflow import arrange


class Ids:
    """Keys by natural name, for events that are made from a row."""

    def __init__(self, load):
        self.load = load
        self._setting = values_by_day(load.place)

    def unit(self, name):
        return self.load.growing.unit_pk(name)

    def category(self, text):
        return self.load.growing.pk("建议类别", text) if text else None

    def case(self, number):
        return self.load.pk("case", number)

    def deadline(self, values):
        """The deadline of a hand-over that the county's setting gives."""
        on, origin = values.get("handed_on"), values.get("origin")
        return due_by_setting(values["way"], origin, on, self._setting)


class Names:
    """Natural names by key, for reading the events of many cases: one query a kind."""

    @cached_property
    def _units(self):
        return dict(Unit.objects.visible_to(OPERATOR).values_list("pk", "name"))

    @cached_property
    def _words(self):
        return dict(Word.objects.visible_to(OPERATOR).values_list("pk", "text"))

    @cached_property
    def _cases(self):
        merged = Step._base_manager.filter(name="并案").annotate(
            into=Cast(KT("data__into"), BigIntegerField())
        )
        return dict(
            Case.objects.visible_to(OPERATOR)
            .filter(pk__in=merged.values("into"))
            .values_list("pk", "number")
        )

    def unit(self, pk):
        return self._units.get(pk, "")

    def category(self, pk):
        return self._words.get(pk, "") if pk else ""

    def case(self, pk):
        return self._cases.get(pk, "") if pk else ""


def note_events(load, case, row, events, *, new):
    """Keep events of a case until all sheets are read; `new`: the case is made by this load."""
    kept = load.bag.setdefault("events", {}).setdefault(case.pk, (case, new, []))
    for step in events:
        step.case = case
        step.on = step.on or BEGINNING
        step.entered_at = load.now
        step.entered_by = load.author
        step.row = row
        kept[2].append(step)


def supersede(old, new, load):
    """Mark a stored step as corrected by `new` (None: it was an error and nothing takes its
    place).
    """
    _gone(load).append(old)
    if new is not None:
        new.supersedes = old


def settle(load):
    """Arrange and store all events that the load noted, then what each case was on each day."""
    noted, setting = load.bag.pop("events", {}), values_by_day(load.place)
    gone = {step.pk for step in _gone(load)}
    stored = steps_by_case([pk for pk, (_, new, _) in noted.items() if not new])
    arranged, fresh, again = {}, [], []
    for pk, (case, _, events) in noted.items():
        told = [step for step in stored[pk] if step.pk not in gone]
        kept = [step for step in told if not step.data.get("implied")]
        _gone(load).extend(step for step in told if step.data.get("implied"))
        for step in kept:
            step.case, step.historical = case, False
        steps, problems = arrange(kept + events)
        _begin_rounds(steps, setting)
        arranged[pk] = steps
        fresh += [step for step in steps if step.pk is None]
        for step, state in problems:
            if hasattr(step, "row"):
                load.finding(
                    step.row,
                    None,
                    f"“{step.name}”（{step.on:%Y-%m-%d}）时这一件是“{state}”，按补录登记",
                )
        again += kept
    for step in load.bag.pop("superseded steps", ()):
        step.superseded_at = load.now
        again.append(step)
    columns = ["order", "historical", "superseded_at"]
    Step._base_manager.bulk_update(again, columns, batch_size=500)
    Step._base_manager.bulk_create(fresh, batch_size=500)
    followers = followers_of(arranged) - set(arranged)
    write(followers | set(arranged), steps_by_case(followers) | arranged)


def _begin_rounds(steps, setting):
    """A further round of which the ledger gives no deadline has the county's."""
    for step in steps:
        if step.pk is None and step.name in ("重新办理", "重开") and not step.due:
            if step.on != BEGINNING:
                step.due, why = handling_again_due(step.on, setting)
                step.data |= {"why": why, "by_rule": True}


def _gone(load):
    """Steps that this load supersedes; marked when all sheets are read."""
    return load.bag.setdefault("superseded steps", [])
