"""Terms, villages, leaders, meetings, and what goes with them: reports to voters and to the
party."""

from datetime import date, timedelta

from congress.sample.make.town import NUMERALS, meeting_name, several, words, workday

SEVENTH, SIXTH = "第七届", "第六届"
QUARTERS = (3, 6, 9, 12)


def make_meetings(town):
    """The rows of 届次, 村居, 班子成员 and 人大会议."""
    return {
        "届次": _terms(town),
        "村居": [
            {"名称": name, "户籍人口": people, "户数": households}
            for name, people, households in town.villages
        ],
        "班子成员": [_leader(*fields) for fields in town.leaders],
        "人大会议": sorted(
            [*_congress_meetings(town), *_presidium_meetings(town)],
            key=lambda row: row["开始日期"],
        ),
    }


def _terms(town):
    own = [(SIXTH, town.before, town.began), (SEVENTH, town.began, None)]
    rows = [{"层级": "乡镇", "届次": n, "开始日期": a, "结束日期": b} for n, a, b in own]
    above = words("townships")["terms"]
    return rows + [{"层级": level, "届次": name, "开始日期": day} for level, name, day in above]


def _leader(term, body, post, name, born, starts, ends=None):
    return {
        "届次": term, "机构": body, "职务": post, "姓名": name, "出生年月": born,
        "任职日期": starts, "离任日期": ends,
    }  # fmt: skip


def _congress_meetings(town):
    found = []
    for number, starts in enumerate(town.meetings, 1):
        winter = number == 1 or starts.month < 4
        due = sum(person.serves(starts, "乡镇") for person in town.people)
        found.append(
            {
                "会议名称": meeting_name(number), "届次": SEVENTH, "类型": "人代会",
                "开始日期": starts, "结束日期": starts + timedelta(days=1) if winter else starts,
                "应到人数": due, "实到人数": due - town.chance.randint(0, 5),
            }
            | _agenda(town, number, starts, winter)
        )  # fmt: skip
    return found


def _agenda(town, number, starts, winter):
    lists = words("records")["meetings"]
    season = "first" if number == 1 else "winter" if winter else "summer"
    year = starts.year - 1 if season == "winter" else starts.year
    posts = [leader[2] for leader in town.leaders if leader[5] == town.began]
    deputies = sum(post.startswith("副") and town.kind in post for post in posts)
    late = any(leader[5] == starts for leader in town.leaders if leader[0] == SEVENTH)
    blanks = town.blanks(y=year, next=year + 1, vice="副主席" in posts and 1, deputies=deputies)
    heard = [*lists[f"{season}_heard"], *lists["special"].get(str(number), [])]
    voted = lists["summer_voted"] if season == "summer" else lists["winter_voted"]
    elected = lists["first_elected"] if number == 1 else lists["by_election"] if late else ""
    elected = elected.replace("人大副主席:{vice}；", "") if "副主席" not in posts else elected
    return {
        "听取和审议": several(text.format(**blanks) for text in heard),
        "表决事项": several(text.format(**blanks) for text in voted),
        "选举职务": elected.format(**blanks),
    }


def _presidium_meetings(town):
    found, due = [], 9
    for year in range(town.began.year + 1, town.today.year + 1):
        for number, month in enumerate(QUARTERS):
            if (year, month) >= (town.today.year, town.today.month):
                continue
            found.append(
                {
                    "会议名称": f"第七届人大主席团{year}年第{NUMERALS[number]}次会议",
                    "届次": SEVENTH, "类型": "主席团会议",
                    "开始日期": town.in_month(year, month),
                    "应到人数": due, "实到人数": due - town.chance.randint(0, 2),
                    "听取和审议": "代表建议办理进度；联络站接待情况",
                }
            )  # fmt: skip
    return found


def make_party_reports(town):
    """The rows of 请示报告: each year's list, in its months."""
    found = []
    for year in range(town.began.year + 1, town.today.year + 1):
        for month, title, to, way in words("records")["party_reports"]["list"]:
            day = workday(date(year, month, 1) + timedelta(days=town.chance.randint(2, 17)))
            if day < town.today:
                found.append(
                    {
                        "日期": day,
                        "事项": title.format(z=town.kind, y=year),
                        "对象": to,
                        "方式": way,
                    }
                )
    return found


def make_duty_reports(town, reviews):
    """The rows of 代表述职; `reviews` are (day, deputies) of the year's meetings for it."""
    return [_duty_report(town, day, person) for day, people in reviews for person in people]


def _duty_report(town, day, person):
    voters = town.chance.randint(28, 46)
    fairly, poor = town.chance.randint(1, 6), town.chance.choice([0, 0, 0, 1, 2])
    pleased = voters - fairly - poor - town.chance.randint(0, 3)
    place = town.village_names.index(person.village) + 1
    votes = f"满意:{pleased}；基本满意:{fairly}；不满意:{poor}"
    return {
        "姓名": person.title, "日期": day, "选区": f"第{place}选区", "到会选民": voters,
        "评议结果": votes,
    }  # fmt: skip
