"""What the answers of a pasted 接龙 are for: a table of purposes, each with its words
(data/chains.toml) and its way to be saved. A further purpose is a further row in both.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from suggestions.co_signing import CoSigningRefused, ask, say
from suggestions.holding import hold
from suggestions.merging import handled_with
from suggestions.models import CoSigning, Proposer
from suggestions.words import Satisfaction
from suggestions.workflow import StepRefused, advance

WORDS = Path(__file__).parent.parent / "data" / "chains.toml"
SOURCE = "微信接龙代录"
LONGEST_NOTE = 500


class ChainRefused(Exception):
    """Nothing of the 接龙 was saved; the message says why in Chinese."""


@dataclass(frozen=True)
class Purpose:
    """One use of a 接龙. `words`: {what people write: what it means}; `columns`: what the words of
    an entry answer, the last word the last column; `call`: what to post in the group; `of_case`:
    it answers for one case; `people(case)`: who may answer, None for everybody on the roster;
    `save(case, answers, user, on, now)` gives the sentences of what was kept, None where there is
    only a list to read.
    """

    key: str
    label: str
    words: dict
    call: str
    columns: list
    of_case: bool = True
    people: Callable | None = None
    save: Callable | None = None

    @property
    def saves(self):
        """Whether what was checked is kept; a template would call `save` itself."""
        return self.save is not None

    @property
    def meanings(self):
        """The meanings that an entry may have, each once."""
        return list(dict.fromkeys(self.words.values()))


@dataclass(frozen=True)
class Answered:
    """One checked entry: the person, the meaning by column (empty: not said), what else."""

    person: object
    meanings: tuple
    note: str = ""


def proposers_of(case):
    """The deputies who raised the case or one handled as it: each may judge the reply."""
    return {row.person for row in _proposers(case)}


def _proposers(case):
    merged = handled_with([case.pk]).get(case.pk, ())
    rows = Proposer.objects.filter(case__in=[case.pk, *merged])
    rows = rows.exclude(person=None).select_related("person", "case__place")
    return list(rows.order_by("case", "order"))


def save_evaluations(case, answers, user, on, now):
    """Evaluations typed in for deputies (代录): that of a lead deputy is a step of the own case,
    those of co-signers stand beside it. One word is the judgement of the result, of two the first
    is that of the attitude. ChainRefused: a step is not open, or no lead deputy is among them.
    """
    given = {answer.person: answer for answer in answers}
    rows = _proposers(case)
    leads = [row for row in rows if row.order == 0 and row.person in given]
    if not leads:
        raise ChainRefused("接龙里没有领衔代表，评价以领衔代表的为准，先不能代录")
    told = []
    try:
        with transaction.atomic():
            hold(case, user, *(row.case_id for row in leads))
            # The dissatisfied last: they send the case back, and then nobody else could judge.
            for row in sorted(leads, key=lambda row: _result(given[row.person]) == "不满意"):
                others = _co_signers(row.case_id, rows, given)
                told.append(_evaluate(row, given[row.person], others, user, on))
    except StepRefused as refusal:
        raise ChainRefused(str(refusal)) from refusal
    return told


def _co_signers(case_id, rows, given):
    """[[name, result]] of those who signed beside the lead of a case."""
    beside = [row for row in rows if row.case_id == case_id and row.order]
    return [[str(row.person), _result(given[row.person])] for row in beside if row.person in given]


def _result(answer):
    return answer.meanings[-1]


def _evaluate(row, answer, others, user, on):
    attitude = answer.meanings[0] or Satisfaction.UNSTATED
    note = f"{SOURCE}：{answer.note}" if answer.note else SOURCE
    if _result(answer) == Satisfaction.DISSATISFIED and not answer.note:
        raise StepRefused(f"{row.person}不满意，请补上原因，承办单位才知道怎么改")
    judged = {"attitude": attitude, "result": _result(answer), "note": note[:LONGEST_NOTE]}
    steps = row.case.steps.filter(name="评价", superseded_at=None).order_by("on", "order")
    if steps and {"on": on, **judged}.items() <= vars(steps.last()).items():
        return f"{row.case.number}：{row.person}，已经代录过"  # the same request once more
    advance(
        row.case,
        "评价",
        user=user,
        on=on,
        **judged,
        data={"source": SOURCE, "for": str(row.person)} | ({"others": others} if others else {}),
    )
    return f"{row.case.number}：{row.person}，{_result(answer)}"


def save_co_signings(case, answers, user, on, now):
    """Answers to a call for co-signers, typed in for deputies (代录)."""
    try:
        with transaction.atomic():
            ask(case, [answer.person for answer in answers], user=user, now=now)
            asked = CoSigning.objects.visible_to(user).filter(case=case).select_related("person")
            rows = {row.person: row for row in asked}
            return [_co_sign(rows.get(answer.person), answer, user, now) for answer in answers]
    except CoSigningRefused as refusal:
        raise ChainRefused(str(refusal)) from refusal


def _co_sign(row, answer, user, now):
    if row is None:
        return f"{answer.person}：已经在提出人里"
    say(row, answer.meanings[-1], user=user, now=now)
    return f"{answer.person}：{answer.meanings[-1]}附议"


_WAYS = {
    "evaluate": {"people": proposers_of, "save": save_evaluations},
    "co-sign": {"save": save_co_signings},
    "come": {},
}
PURPOSES = {
    key: Purpose(key=key, **words, **_WAYS[key])
    for key, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items()
}
