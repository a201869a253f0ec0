"""What the deputies did: activities, trainings; and what was written and won: publicity, honours,
projects."""

from datetime import date, timedelta

from congress.sample.make.people import names_of
from congress.sample.make.town import several, words, workday

REVIEW, INSPECTION = "述职评议", "视察"


def make_activities(town):
    """(rows of 代表活动, [(day, deputies)] of the meetings for reports to voters)."""
    found, reviews = [], []
    for kind in words("activities")["activity"]:
        if town.share not in kind.get("in", (town.share,)):
            continue
        for year, month in kind["on"].items():
            row, people = _activity(town, kind, int(year), month)
            found.append(row)
            if kind["kind"] == REVIEW:
                reviews.append((row["开始日期"], people[:10]))
            if kind["kind"] == INSPECTION and not kind.get("cancelled"):
                town.inspections.setdefault(int(year), []).append((row["开始日期"], row["名称"]))
    found.sort(key=lambda row: row["开始日期"])
    return found, sorted(reviews, key=lambda review: review[0])


def _activity(town, kind, year, month):
    day = town.in_month(year, month)
    blanks = town.blanks(y=year, n=town.chance.randint(*kind.get("n", (1, 9))))
    people = _participants(town, kind, day)
    number = kind.get("villages", 0)
    row = {
        "名称": kind["name"].format(**blanks), "类型": kind["kind"],
        "组织单位": kind.get("by", ""), "主题活动": kind.get("campaign", ""),
        "领域": several(kind.get("fields", [])), "开始日期": day,
        "结束日期": workday(day + timedelta(days=1)) if number > 3 else None,
        "地点": kind["where"].format(**blanks),
        "覆盖村居": several(_villages(town, kind, blanks, number)), "参加代表": names_of(people),
        "参加代表人次": town.chance.randint(*kind["nobody"]) if "nobody" in kind else None,
        "对策建议条数": town.chance.randint(*kind["advice"]) if "advice" in kind else None,
        "已取消": "是" if kind.get("cancelled") else "",
    } | _told(kind, blanks)  # fmt: skip
    return row, people


def _told(kind, blanks):
    """The cells that are texts with blanks, of one or of several values."""
    lists = {
        "其他参加人员": "others",
        "调研报告": "reports",
        "成果": "results",
        "参加领导": "leaders",
    }
    texts = {"涉及法规": "law", "重点项目": "project"}
    found = {
        header: several(text.format(**blanks) for text in kind.get(name, []))
        for header, name in lists.items()
    }
    return found | {header: kind.get(name, "").format(**blanks) for header, name in texts.items()}


def _villages(town, kind, blanks, number):
    """So many villages, those where it took place first."""
    where = kind["where"] + kind["name"]
    names = sorted(("v", "v2", "v3", "v4", "c"), key=lambda name: f"{{{name}}}" not in where)
    return [blanks[name] for name in names][:number]


def _participants(town, kind, day):
    if "who" not in kind:
        return []
    people = town.some_people(kind["who"], day)
    levels = kind.get("levels")
    if levels:
        county = [person for person in town.serving(day) if person.serves(day, levels[0])]
        people = [*people[:2], *(person for person in county[:4] if person not in people[:2])]
    return people


def make_trainings(town):
    """The rows of 学习培训."""
    found = []
    for each in words("records")["training"]:
        for day in each["on"]:
            starts = workday(day + timedelta(days=town.chance.randint(0, 4)))
            found.append(
                {
                    "主题": each["topic"], "开始日期": starts, "学时": each["hours"],
                    "授课人": _teacher(town, each["teacher"]),
                    "参加代表": names_of(town.some_people((26, 44), starts)),
                }
            )  # fmt: skip
    return sorted(found, key=lambda row: row["开始日期"])


def _teacher(town, text):
    vice = next((leader[3] for leader in town.leaders if leader[2] == "副主席"), "")
    return text.format(**town.blanks(vice=vice or town.leader("主席")))


def make_publicity(town):
    """The rows of 宣传报道: some fifteen a year, each title on one or two outlets."""
    lists, found = words("records")["publicity"], []
    for year in range(2022, town.today.year + 1):
        last = (min(date(year, 12, 28), town.today) - date(year, 1, 8)).days
        for title in town.chance.sample(lists["titles"], 11):
            day = workday(date(year, 1, 8) + timedelta(days=town.chance.randint(0, last - 3)))
            outlets = town.chance.sample(lists["outlets"], town.chance.choice([1, 1, 2]))
            found += [_published(town, title, outlet, day) for outlet in outlets]
    day = workday(date(2025, 9, 10))
    found.append(_published(town, lists["titles"][town.share], lists["national"], day))
    unique = {(row["标题"], row["平台"], row["日期"]): row for row in found}
    return sorted(unique.values(), key=lambda row: row["日期"])


def _published(town, title, outlet, day):
    name, level, kind = outlet
    return {
        "标题": title.format(t=town.name), "平台": name.format(t=town.name), "平台层级": level,
        "类型": kind, "日期": day,
    }  # fmt: skip


def make_honours(town):
    """The rows of 荣誉名次."""
    return [
        {"名称": each["name"], "名次": each["rank"][town.share], "授予单位": each["giver"],
         "日期": day}
        for each in words("records")["honour"] if each.get("only", town.share) == town.share
        for day in each["on"]
    ]  # fmt: skip


def make_projects(town):
    """The rows of 民生实事: each winter's meeting chooses among eight."""
    found, lists = [], words("records")["projects"]
    for year in lists["years"]:
        voted = next(day for day in town.meetings[1:] if day.year == year and day.month < 4)
        done = {row["名称"] for row in found if row["入选"] == "是"}
        named = [(each, town.blanks()) for each in lists["list"]]
        named = [pair for pair in named if pair[0][0].format(**pair[1]) not in done]
        candidates = town.chance.sample(named, 8)
        votes = sorted(town.chance.sample(range(14, 47), 8), reverse=True)
        for place, (candidate, got) in enumerate(zip(candidates, votes, strict=True)):
            chosen = place < lists["chosen"]
            found.append(_project(town, year, candidate, voted, got, chosen))
    return found


def _project(town, year, candidate, voted, got, chosen):
    (name, cost, responsible, funding), blanks = candidate
    row = {
        "年度": year, "名称": name.format(**blanks),
        "总投资（万元）": round(cost * town.chance.uniform(0.8, 1.2), 1),
        "资金来源": funding.format(**blanks), "责任单位": responsible.format(**blanks),
        "完成时限": date(year, 12, 20), "候选": "是", "票决日期": voted, "得票": got,
        "入选": "是" if chosen else "否",
    }  # fmt: skip
    done = workday(date(year, town.chance.randint(8, 12), town.chance.randint(1, 20)))
    if chosen and done < town.today and town.chance.random() < 0.9:
        row["完成日期"] = done
    if chosen and year < town.today.year:
        pleased, fairly = town.chance.randint(36, 43), town.chance.randint(2, 6)
        row |= {
            "评价满意": pleased,
            "评价基本满意": fairly,
            "评价不满意": town.chance.randint(0, 2),
        }
    return row
