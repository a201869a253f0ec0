"""What becomes of a case: its events of words/fates.toml, dated one after another."""

from datetime import timedelta

from congress.calendar import add_months
from congress.sample.make.town import several, words, workday

HANDINGS = ("交办", "转办", "转交上级")
UNITLESS = ("当场答复", "不予受理")
# Events with a column of their own in 意见建议; all others are rows of 办理过程.
COLUMNS = {
    "签收": "签收日期",
    "面商": "面商日期",
    "办结": "办结日期",
    "撤回": "撤回日期",
    "重点": "重点督办日期",
}
AGAIN = {"再评价": "评价", "再办结": "办结"}
DONE = frozenset({"办结", "承诺落实"})
TOLD_SHARE = 0.6


def live(town, case):
    """Let the events of its fate happen to a case, up to the day on which the sample is made."""
    day = case.day
    for step in case.fate["steps"]:
        least, most = step["in"]
        if most:
            day = workday(day + timedelta(days=town.chance.randint(least, most)))
        if day > town.today:
            return
        _happen(town, case, step, day)
    _tell_citizen(town, case, day)


def _happen(town, case, step, day):
    do = step["do"]
    if do in HANDINGS or do in UNITLESS:
        _hand_over(case, step, day)
    elif do == "并案":
        case.row |= {"并入编号": case.into.row["编号"], "处理日期": day}
    elif do == "答复":
        case.row |= {"首次答复日期": day, "办理结果": step["result"]}
        case.row["承诺日期"] = _promise(town, step, day)
    elif do == "评价":
        words = {"态度评价": step["attitude"], "结果评价": step["result"]}
        case.row |= {"评价日期": day} | words
    else:
        _note(town, case, step, day)
    if do in DONE:
        _count_outcome(case, do)


def _hand_over(case, step, day):
    case.row |= {"处理方式": step["do"], "处理日期": day}
    if step["do"] in UNITLESS:
        return
    case.row["主办单位"] = case.matter.helper if step.get("wrong") else case.matter.unit
    if step.get("helpers"):
        case.row["协办单位"] = several([case.matter.helper])


def _promise(town, step, day):
    if "until" in step:
        return town.chance.choice(step["until"])
    return add_months(day, step["months"]) if "months" in step else None


def _note(town, case, step, day):
    """An event in its column, in a row of 办理过程, or with a remark in both."""
    do = AGAIN.get(step["do"], step["do"])
    column = COLUMNS.get(do) if do == step["do"] else None
    if column:
        case.row[column] = day
    if column and "note" not in step:
        return
    remark = town.chance.choice(words("fates")["notes"].get(step.get("note"), [""]))
    case.events.append(
        {"日期": day, "事项": do, "单位": _unit(case, step), "结果": step.get("result", ""),
         "日期值": _new_date(case, step, day), "说明": remark}
    )  # fmt: skip


def _unit(case, step):
    if step.get("unit"):
        return case.matter.unit
    if step.get("helper") or step["do"] == "协办意见":
        return case.matter.helper
    return case.row["主办单位"] if step["do"] == "催办" else ""


def _new_date(case, step, day):
    """The new deadline: of an extension counted from the old one."""
    if "months" not in step:
        return None
    if step["do"] == "延期":
        return add_months(case.row["处理日期"], 3 + step["months"])
    return add_months(day, step["months"])


def _count_outcome(case, do):
    solved = case.row.get("办理结果") == "A" or do == "承诺落实"
    again = any(event["结果"] == "A" for event in case.events)
    if case.matter.outcome and (solved or again):
        case.row["成效"] = case.matter.outcome


def _tell_citizen(town, case, day):
    """A citizen whose matter is closed is told, as far as the books show it."""
    closed = case.row.get("办结日期")
    if case.row["来源"] != "群众" or not closed or case.row["处理方式"] in UNITLESS:
        return
    told = workday(day + timedelta(days=town.chance.randint(1, 6)))
    if told <= town.today and town.chance.random() < TOLD_SHARE:
        remark = town.chance.choice(words("fates")["notes"]["告知"])
        case.events.append({"日期": told, "事项": "告知群众", "说明": remark})
