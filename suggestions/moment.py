"""What the rules look at when somebody asks what may be done with a case."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property

from congress.county_settings import values_by_day
from congress.holidays_in_force import holidays_of
from congress.models import Unit
from congress.roles import WRITING_ROLES, Role
from suggestions.deadlines import windows
from suggestions.effects import BEGINNING
from suggestions.merging import handled_with
from suggestions.models import NotReceived, Standing
from suggestions.projection import not_begun
from suggestions.words import HANDED_OVER, State, UnitRole, Way

LAYER = "suggestions.government_layer"
REPLIES = frozenset({"答复", "再次答复"})
AGAIN = "重新办理"
ROUNDS = REPLIES | {AGAIN, "重开"}
IN_ORDER = ("on", "order", "pk")
GIVES_UNITS = frozenset({"交办", "转办", "转交上级", "分办", "改办"})


def sent_back(steps):
    """Whether ordered steps end in a further round that waits for its reply."""
    names = [step.name for step in steps if step.name in ROUNDS]
    return bool(names) and names[-1] not in REPLIES


def asking(case, user, today):
    """The moment for which a page offers steps. The office types in what papers say of other days:
    it is judged by the day that it types; all others act today.
    """
    return Moment(case, user, None if user.role in WRITING_ROLES else today)


@dataclass
class Moment:
    """A case as `user` finds it on `on`; each fact is read when a rule first asks for it.

    `on` None: what may be done at all, whatever the day.
    """

    case: object
    user: object
    on: date | None = None

    @property
    def has_day(self):
        return self.on is not None

    @property
    def day(self):
        """The day that is asked about; without one no window has passed."""
        return self.on or date.min

    @cached_property
    def standing(self):
        """What the case is now; a case without a step is a draft."""
        found = self.case.standings.filter(ends=None).first()
        return found or not_begun(self.case)

    @cached_property
    def steps(self):
        """The steps that hold, in order."""
        return list(self.case.steps.filter(superseded_at=None).order_by(*IN_ORDER))

    def since_distributed(self):
        """The steps since units were last put on the case."""
        last = max((i for i, s in enumerate(self.steps) if s.name in GIVES_UNITS), default=0)
        return self.steps[last:]

    @cached_property
    def _units(self):
        now = self.case.units.filter(ends=None)
        return list(now.values_list("unit", "role", "unit__merged_into"))

    @cached_property
    def returned(self):
        """Whether the case lies with the presidium again after a return."""
        moved = [step.name for step in self.steps if step.name in GIVES_UNITS | {"退回"}]
        return bool(moved) and moved[-1] == "退回" and self.standing.state == State.ACCEPTED

    @cached_property
    def followers(self):
        """Numbers of the cases that are merged into this one now."""
        rows = Standing._base_manager.filter(merged_into=self.case.pk, ends=None)
        return list(rows.values_list("case__number", flat=True))

    @property
    def reply_is_missing(self):
        """Whether a deputy, also one of a case merged into this one, said that the reply did not
        arrive, and nobody has sent it again.
        """
        answered = [self.case.pk, *handled_with([self.case.pk]).get(self.case.pk, ())]
        return NotReceived._base_manager.filter(case__in=answered, resolved_at=None).exists()

    @property
    def leads(self):
        """Keys of the lead units."""
        return [unit for unit, role, _ in self._units if role == UnitRole.LEAD]

    @property
    def standing_helpers(self):
        """Keys of the co-units."""
        return [unit for unit, role, _ in self._units if role == UnitRole.CO]

    def units_for(self, rule):
        """Keys of the units on the case now for which a step of that row can be entered."""
        return [unit for unit, role, _ in self._units if rule.part in (None, role)]

    def keeps_to_own(self, rule):
        """Whether a step of that row puts the township's own units alone on the case: 交办, and
        分办 and 改办 of what went by it (domain.md, step 5). In a further round nobody can return
        it, so the presidium's 改办 is free.
        """
        if rule.name not in ("分办", "改办"):
            return rule.name == Way.ASSIGNED
        by_presidium = rule.name == "改办" and self.user.role != Role.GOVERNMENT
        return self.standing.way == Way.ASSIGNED and not (self._rehandled and by_presidium)

    @property
    def _rehandled(self):
        return self.standing.state == State.REHANDLING

    def wrong_units(self, rule, unit, data):
        """What is wrong with the units of a step of that row, in Chinese; None: nothing. Only a
        hand-over puts units on a case.
        """
        if unit and rule.name not in GIVES_UNITS and unit not in self.units_for(rule):
            return f"这个单位现在不是这一件的{rule.part or '承办'}单位，请另选"
        if not self.keeps_to_own(rule):
            return None
        named = {unit, *data.get("leads", ()), *data.get("helpers", ())}
        found = Unit.objects.visible_to(self.user).filter(pk__in=named)
        others = "、".join(str(unit) for unit in found.exclude(place=self.case.place_id))
        return f"交办只交给本乡镇的单位；{others}{self._other_way(rule)}" if others else None

    def _other_way(self, rule):
        """How a body that the presidium does not direct gets the case, in words."""
        if rule.name == "交办" or self.returned:
            return "请用“转办”或“转交上级”"
        if self._rehandled:
            return "要由乡镇人大用“改办”交给它"
        return "请先“退回”乡镇人大，再用“转办”或“转交上级”"

    @property
    def again(self):
        """Whether the case was sent back for handling again since the latest reply."""
        return sent_back(self.steps)

    @property
    def answered_again(self):
        """Whether what was answered in writing waits for a further reply; what was answered on the
        spot only still waits for its first.
        """
        return self.again and self.standing.replied_on is not None

    @property
    def replied_in_round(self):
        """Keys of the units that replied since the case was last sent back."""
        names = [step.name for step in self.steps]
        begins = max((i for i, name in enumerate(names) if name in ROUNDS - REPLIES), default=0)
        return {step.unit_id for step in self.steps[begins:] if step.name in REPLIES}

    @cached_property
    def _own(self):
        """(unit, part) of the user in the case now, a lead before a co-unit; what a unit had that
        was merged into the user's is the user's.
        """
        mine = self.user.unit_id
        rows = [(unit, role) for unit, role, into in self._units if mine in (unit, into)]
        leads = [row for row in rows if row[1] == UnitRole.LEAD]
        return next(iter(leads or rows), (mine, None))

    def part(self):
        """Which part the user's unit has in the case now: 主办, 协办, or None."""
        return self._own[1]

    @property
    def own_unit(self):
        """Key of the unit as which a person of a unit takes steps on the case."""
        return self._own[0]

    def leads_as_deputy(self):
        """Whether the user is the lead deputy, or holds the lead deputy's link."""
        lead = next((row for row in self.case.proposers.all() if row.order == 0), None)
        if lead is None or lead.person is None:
            return self.user.pk is None and lead is not None
        if self.user.pk is None:
            return lead.person_id == self.user.person_id
        return lead.person.user_id == self.user.pk

    @cached_property
    def setting(self):
        """`setting(key, day)`: the county's value."""
        return values_by_day(self.case.place)

    def value(self, key):
        """The county's value on the day asked about; without one, the latest."""
        return self.setting(key, self.on or date.max)

    @cached_property
    def return_by(self):
        """Until when a unit may send the case back; the hand-over of a ledger began that window
        too, though nothing in it says so. None: it has none, or nobody knows the day.
        """
        given = next((step for step in reversed(self.steps) if step.name in GIVES_UNITS), None)
        if self.standing.return_by or given is None or given.on == BEGINNING:
            return self.standing.return_by
        return windows(given.name, given.on, self, {}).get("return_by", (None,))[0]

    @property
    def layer(self):
        """Whether the government's own layer stands between the presidium and the units. What was
        last handed over without it runs on without it.
        """
        given = [step for step in self.steps if step.name in GIVES_UNITS]
        handed = [step for step in given if step.name in HANDED_OVER][-1:] or given[:1]
        if handed and not handed[0].data.get("layer"):
            return False
        return self.value(LAYER) == "设"

    @property
    def presidium_layer(self):
        """Whether a hand-over by the presidium goes to the government's office now."""
        return self.value(LAYER) == "设"

    @cached_property
    def holidays(self):
        """The holidays in force at the case's place."""
        return holidays_of(self.case.place)

    def is_the_persons(self, rule):
        """Whether a unit or deputy stands in the part that the rule asks for."""
        if self.user.role == Role.DEPUTY:
            return self.leads_as_deputy() or (
                self.standing.state == State.DRAFT and self.case.entered_by_id == self.user.pk
            )
        if self.user.role == Role.OFFICER:
            return self.case.entered_by_id == self.user.pk
        if self.user.role == Role.UNIT:
            part = self.part()
            return part is not None and rule.part in (None, part)
        return True

    def reason_against(self, rule):
        """Why the rule's step may not be taken now although state and role fit; None: it may."""
        if self.user.role == Role.GOVERNMENT and not self.presidium_layer:
            return "本乡镇没有设政府办这一层，由乡镇人大和承办单位来办"
        if not self.is_the_persons(rule):
            return "这一步由主办单位或领衔代表来办"
        return next(filter(None, (condition(self) for condition in rule.only)), None)
