"""Every step of a case's life, taken among the cases of a county."""

import statistics
import time
from datetime import timedelta

from bench.crowd import TODAY
from suggestions.models import Case, Proposer
from suggestions.numbers import placeholder_number
from suggestions.workflow import advance

LIVES = 3
REPLY = {"result": "B", "due": TODAY + timedelta(days=200), "data": {"promise": "硬化500米"}}
DISSATISFIED = {"attitude": "满意", "result": "不满意", "note": "路还没有修"}
DRAFT, SIGNED = (
    ("拟稿", REPLY),
    ("签发", {"data": {"number": "一号", "signer": "镇长", "joint": True}}),
)


def steps(unit):
    """The steps of a long life, in order: (name, fields)."""
    told = {"note": "说明"}
    units = {"unit": unit, "data": {"leads": [unit.pk]}}
    reply = (DRAFT, ("退稿", told), DRAFT, ("核稿", {}), SIGNED)
    return (
        ("提出", {"data": {"origin": "代表", "occasion": "闭会期间"}}), ("登记", {}),
        ("退回补正", told), ("登记", {}), ("受理", {}), ("交办", {}), ("分办", units),
        ("签收", units), ("退回", told), ("分办", units), ("签收", units), ("申请改办", told),
        ("不同意改办", told), ("改办", units), ("签收", units),
        ("批示", {"data": {"leader": "镇长"}, **told}), ("催办", {}),
        ("督办", {"data": {"leader": "主席"}}), ("重点", {}), ("定为疑难", {}),
        ("面商", {"data": {"form": "登门", "who": "代表"}}), *reply, ("答复", REPLY),
        ("评价", DISSATISFIED), *reply, ("再次答复", REPLY),
        ("评价", {"attitude": "满意", "result": "满意"}), ("办结", {}), ("承诺落实", {}),
        ("重开", told), *reply, ("再次答复", REPLY), ("作废", told),
    )  # fmt: skip


def slowest_step(crowd):
    """(name, milliseconds) of the step that takes longest; of each the median of some lives."""
    lives = [_life(crowd) for _ in range(LIVES)]
    names = [name for name, _ in lives[0]]
    medians = [statistics.median(taken) for taken in zip(*map(_times, lives), strict=True)]
    return max(zip(names, medians, strict=True), key=lambda step: step[1])


def _times(life):
    return [milliseconds for _, milliseconds in life]


def _life(crowd):
    """[(step, milliseconds)] of one more case of the clerk's township."""
    clerk, taken = crowd.clerk, []
    case = Case(
        place=clerk.place, number=placeholder_number(clerk.place), title=crowd.title(clerk.place),
        raised_on=TODAY, handed_in=False, entered_by=clerk,
    )  # fmt: skip
    case.save()
    Proposer._base_manager.create(case=case, order=0, name="村民甲")
    for name, fields in steps(crowd.own_unit):
        fields = {**fields, "data": dict(fields.get("data", {}))}
        start = time.perf_counter()
        advance(case, name, user=clerk, on=TODAY, **fields)
        taken.append((name, (time.perf_counter() - start) * 1000))
    return taken
