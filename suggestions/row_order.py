"""What a ledger has no cell for, but the order of a case's events tells: how far a return went,
that a case was handed over anew, that only leads that replied stay, when what was returned was
merged. A reply in a ledger answers for all leads: a real one names a single letter.
"""

from suggestions.moment import LAYER, REPLIES, ROUNDS
from suggestions.steps import BESIDE, RULES
from suggestions.words import HANDED_OVER, State

RETURNED = "退回"
DISTRIBUTED = "分办"
_MERGE = "并案"
_HANDING = frozenset({*HANDED_OVER, "当场答复"})
_OTHER_UNITS = frozenset({DISTRIBUTED, "改办"})
# A return after which one of these comes went back to the presidium.
_BY_PRESIDIUM = _HANDING | {_MERGE, "不予受理"}
# What may follow a hand-over that the government's office has not distributed.
_UNDISTRIBUTED = frozenset({None, DISTRIBUTED, RETURNED, "改办", "撤回", "作废"})


def complete(events, setting):
    """Add to the events of a new case (unsaved steps) what their order tells; `setting(key, day)`
    reads the county's value. Events of which nothing has to be told are left as they are.
    """
    by_name = {step.name: step for step in events}
    if _MERGE in by_name and RETURNED in by_name and not _HANDING.isdisjoint(by_name):
        by_name[_MERGE].on = max(step.on for step in events if _before_merging(step))
    further = not by_name.keys().isdisjoint({RETURNED, *_OTHER_UNITS})
    if further or _without_unit(by_name.get("交办")):
        _Course(events, setting).complete()


def _before_merging(step):
    rule = RULES[step.name]
    return step.name not in BESIDE and State.MERGED not in rule.frm | rule.also


def _without_unit(step):
    return step is not None and not _leads(step)


def _leads(step):
    return list(step.data.get("leads") or ([step.unit_id] if step.unit_id else []))


class _Course:
    """One walk through the events of a case that moved it, with what stood before each."""

    def __init__(self, events, setting):
        moving = [step for step in events if step.name not in BESIDE]
        # A merging dated by its last return comes after it.
        self.steps = sorted(moving, key=lambda s: (s.on, s.name == _MERGE, RULES[s.name].rank))
        self.setting = setting
        self.leads, self.distributed, self.returned = [], False, False
        self.replied = set()  # in this round

    def complete(self):
        following = [step.name for step in self.steps[1:]] + [None]
        for step, after in zip(self.steps, following, strict=True):
            if step.name in _HANDING:
                self._handed_over(step, after)
            elif step.name == RETURNED:
                self._given_back(step, after)
            elif step.name in _OTHER_UNITS:
                self._given_to(step)
            elif step.name in ROUNDS:
                self.replied = {*self.replied, step.unit_id} if step.name in REPLIES else set()

    def _given_to(self, step):
        joins = step.name == DISTRIBUTED and not step.data
        before = self.leads if joins else []
        leads = [*before, *(lead for lead in _leads(step) if lead not in before)]
        if leads and set(leads) <= set(self.leads) and self.replied.issuperset(leads):
            step.data["answered"] = True
        self.distributed = self.distributed or step.name == DISTRIBUTED
        self.leads = leads

    def _handed_over(self, step, after):
        self.leads = _leads(step)
        if self.returned and step.due is None:
            step.data["again"] = True
        undistributed = step.name == "交办" and not self.leads and after in _UNDISTRIBUTED
        if undistributed and self._layered(step):
            step.data["layer"] = True

    def _given_back(self, step, after):
        others = [lead for lead in self.leads if lead != step.unit_id]
        if step.unit_id in self.leads and others:
            step.data["rest"], self.leads = True, others
            return
        if self.distributed and after not in _BY_PRESIDIUM and self._layered(step):
            step.data["layer"] = True
        self.leads, self.returned = [], True

    def _layered(self, step):
        return self.setting(LAYER, step.on) == "设"
