"""The cases of a township after words/plan.csv: when and by whom each is raised, and its number."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from congress.sample.make.fates import live
from congress.sample.make.matters import ASSIGNED, WAYS, Matters
from congress.sample.make.people import invented_name, names_of, phone
from congress.sample.make.town import meeting_name, rows, several, words, workday

RECEPTION, INSPECTED, COUNTY = "接待选民", "视", "县"
PLATFORM = "江西数字人大"


@dataclass
class Case:
    """A case in the making: its row of 意见建议 and its rows of 办理过程."""

    day: date
    when: str
    row: dict
    fate: dict
    matter: object = None
    events: list = field(default_factory=list)
    into: object = None


def make_cases(town):
    """The rows of 意见建议 and 办理过程."""
    matters, cases = Matters(town), []
    for plan in rows("plan"):
        for _ in range(int(plan[f"n{town.share}"])):
            cases.append(_case(town, plan, matters, cases))
    cases.sort(key=lambda case: case.day)
    _number(town, cases)
    for case in cases:
        live(town, case)
    events = [{"编号": case.row["编号"]} | event for case in cases for event in case.events]
    return {"意见建议": [case.row for case in cases], "办理过程": events}


def _case(town, plan, matters, before):
    fate = words("fates")["fate"][plan["fate"]]
    day, place = _raised(town, plan)
    case = Case(day, plan["when"], place, fate)
    twin = _twin(plan, before) if fate.get("twin") else None
    proposers = _proposers(town, plan, fate, day)
    village = getattr(proposers[0], "village", "") if plan["who"] == "代" else ""
    way = fate.get("way", ASSIGNED)
    case.into = twin
    case.matter = twin.matter if twin else matters.draw(way, plan["who"], plan["tag"], village)
    case.row |= _facts(town, plan, case, twin)
    case.row |= _people(town, plan, proposers)
    return case


def _twin(plan, before):
    """An earlier case of the same meeting that the fresh one says once more."""
    return next(
        case for case in before
        if case.when == plan["when"] and case.fate.get("way", ASSIGNED) == ASSIGNED
        and case.matter.title.startswith("关于") and not case.into
    )  # fmt: skip


def _raised(town, plan):
    """(day, the cells that say where) of a case."""
    when = plan["when"]
    cells = {"提出场合": plan["occasion"]}
    if when.startswith("m"):
        number = int(when[1:])
        cells["会议"] = meeting_name(number)
        return town.meetings[number - 1], cells
    if when.startswith(INSPECTED):
        day, cells["代表活动"] = town.chance.choice(town.inspections[int(when[1:])])
        return day, cells
    first, last = _span(town, when)
    if plan["occasion"] == RECEPTION:
        sessions = [each for each in town.sessions if first <= each[0] <= last]
        main = [each for each in sessions if each[1] == town.station_name]
        day, cells["联络站"] = town.chance.choice(sessions + main * 2)
        return day, cells
    day = first + timedelta(days=town.chance.randint(0, (last - first).days))
    if plan["occasion"] == "网络":
        cells["平台"] = PLATFORM
    return min(workday(day), town.today), cells


def _span(town, when):
    """The first and the last day of `2024-03` or `2024-03..2024-06`."""
    first, _, last = when.partition("..")
    starts = date.fromisoformat(f"{first}-01")
    ends = date.fromisoformat(f"{last or first}-26")
    return starts, min(ends, town.today - timedelta(days=2))


def _proposers(town, plan, fate, day):
    """Who raises it: deputies in office, or one citizen."""
    if plan["who"] != "代":
        sex = town.chance.choice("男女")
        return [invented_name(town, sex)]
    level = COUNTY if fate.get("way") == COUNTY else "乡镇"
    least = 5 if "motion" in fate else 1
    count = town.chance.choice([least, least, least, least + 1, least + 2])
    serving = [person for person in town.serving(day) if person.serves(day, level)]
    return town.chance.sample(serving, count)


def _facts(town, plan, case, twin):
    matter = case.matter
    title = matter.title.replace("关于", "关于尽快", 1) if twin else matter.title
    county = case.fate.get("way") == COUNTY
    return {
        "标题": title, "类型": _kind(plan, case.fate),
        "议案处理": case.fate.get("motion", ""), "内容": "" if twin else matter.body,
        "涉及村居": several(matter.villages), "提出层级": COUNTY if county else "",
        "类别": matter.category, "提出日期": case.day,
        "公开": "是" if plan["who"] == "代" and town.chance.random() < 0.85 else "否",
    }  # fmt: skip


def _kind(plan, fate):
    if "motion" in fate:
        return "议案"
    return "建议" if plan["who"] == "代" else "意见"


def _people(town, plan, proposers):
    who = WAYS[plan["who"]]
    if who == "代表":
        cells = {"提出人": names_of(proposers), "联系电话": proposers[0].row["联系电话"]}
    else:
        number = phone(town) if town.chance.random() < 0.6 else ""
        cells = {"提出人": several(proposers), "联系电话": number}
    return {"来源": who} | cells


def _number(town, cases):
    """Number them: each meeting and each year begins anew."""
    counts = {}
    for case in cases:
        meeting = case.row.get("会议", "")
        county = case.row["提出层级"] == COUNTY
        series = meeting or (COUNTY if county else f"闭〔{case.day.year}〕")
        counts[series] = counts.get(series, 0) + 1
        number = f"{counts[series]:03d}号"
        name = f"县第十八届人大{case.day.year}年会议第{town.chance.randint(20, 180):03d}号"
        case.row["编号"] = name if county else f"{series}第{number}" if meeting else series + number
