"""Stations and rooms, and who received whom there: on the very days of each one's rule, two
deputies in turn."""

from collections import Counter
from datetime import date, time, timedelta

from congress.calendar import activity_days
from congress.sample.make.people import names_of
from congress.sample.make.town import several, words

MARKET_DAYS = "农历初七、二十四"
TWO = 2
WITH_CASES = 2024  # from then on what citizens said stands case by case


def make_stations(town):
    """The rows of 联络站, 联络站人员, 制度, 接待记录 and 知晓调查; fills `town.sessions`."""
    houses = [_main(town), *(_room(town, room) for room in town.rooms)]
    pavilions = [_pavilion(each) for each in town.pavilions]
    receptions = [row for house in houses for row in _receptions(town, house)]
    receptions.sort(key=lambda row: row["日期"])
    return {
        "联络站": [*houses, *pavilions],
        "联络站人员": _staff(town),
        "制度": _rules(town),
        "接待记录": receptions,
        "知晓调查": _surveys(town),
    }


def _main(town):
    lists, own = words("records")["equipment"], town.station
    rules = [name for name, maker, *_ in words("records")["rules"]["list"] if maker == "站"]
    return {
        "名称": town.station_name, "类型": "站", "所在村居": town.centre,
        "地址": own["address"], "建成日期": own["built"], "提升日期": own["upgraded"],
        "站长": several(own["heads"]), "副站长": several(own["deputy_heads"]),
        "联络员": several(own["liaisons"]), "覆盖村居": several(town.village_names),
        "制度": several(rules), "设施": several(lists["main"]),
        "清单达标": several(lists["checklist"]), "活动日": MARKET_DAYS,
    }  # fmt: skip


def _room(town, room):
    lists = words("records")["equipment"]
    place = town.village_names.index(room["village"])
    near = town.village_names[place : place + 2] or [room["village"]]
    met = lists["checklist"] if room.get("upgraded") else lists["checklist"][:4]
    return {
        "名称": f"{room['village']}代表联络室", "类型": "室", "所在村居": room["village"],
        "地址": f"{room['village']}党群服务中心", "建成日期": room["built"],
        "提升日期": room.get("upgraded"), "站长": room["head"], "联络员": room["liaison"],
        "覆盖村居": several(near), "设施": several(lists["room"]), "清单达标": several(met),
        "活动日": room["days"],
    }  # fmt: skip


def _pavilion(each):
    return {
        "名称": each["name"], "类型": "议事亭", "所在村居": each["village"],
        "建成日期": each["built"], "覆盖村居": each["village"], "清单达标": "有场所；",
    }  # fmt: skip


def _receptions(town, house):
    """The sessions of one house; those received least in that year come next."""
    first = max(house["建成日期"], town.began + timedelta(days=2))
    turns = Counter()
    for day in activity_days(house["活动日"], first, town.today - timedelta(days=1)):
        members = [p for p in town.serving(day) if p.station == house["名称"]]
        pair = sorted(members, key=lambda p: turns[day.year, p.title])[:TWO]
        turns.update((day.year, person.title) for person in pair)
        town.sessions.append((day, house["名称"]))
        yield _session(town, house, day, pair)


def _session(town, house, day, pair):
    room = house["类型"] == "室"
    starts = time(14, 30) if room else time(8, 30)
    return {
        "联络站": house["名称"], "日期": day, "开始时间": f"{starts:%H:%M}",
        "结束时间": "17:00" if room else "11:30",
        "地点": "代表联络室" if room else "联络站接待室", "接待代表": names_of(pair),
        "接待群众人数": town.chance.randint(2, 8) if room else town.chance.randint(5, 16),
        "收集意见条数": town.chance.choice([0, 1, 1, 2]) if day.year < WITH_CASES else 0,
        "记录人": house["联络员"].split("；")[0],
    }  # fmt: skip


def _staff(town):
    """Who was there for some time only, and who is sent to sit there."""
    sent = town.station["liaisons"][-1]
    return [
        {"联络站": town.station_name, "职务": "驻站人员", "姓名": sent,
         "开始日期": date(2023, 5, 4)},
        {"联络站": town.station_name, "职务": "联络员", "姓名": f"{town.leaders[0][3][0]}丽萍",
         "开始日期": town.station["built"], "结束日期": town.began},
    ]  # fmt: skip


def _rules(town):
    found = []
    for name, maker, *days in words("records")["rules"]["list"]:
        if maker != "站":
            found.append(
                {"名称": name.format(t=town.name), "制定者": maker, "通过日期": days[0],
                 "废止日期": days[1] if len(days) > 1 else None}
            )  # fmt: skip
    return found


def _surveys(town):
    """Each summer four villages are asked; year by year more people know the station."""
    found = []
    for year in range(2022, town.today.year + 1):
        day = town.in_month(year, 8)
        for village in town.chance.sample(town.village_names, 4):
            asked = town.chance.choice([40, 50, 60])
            share = 0.58 + 0.07 * (year - 2022) + town.chance.uniform(-0.05, 0.05)
            found.append(
                {"日期": day, "村居": village, "询问人数": asked, "知晓人数": int(asked * share)}
            )
    return found
