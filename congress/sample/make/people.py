"""The deputies of a township: who they are, which seats they hold, where they belong."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from congress.sample.make.town import several, words

SEVENTH = "第七届"
GENERAL, BY_ELECTION = "换届选举", "补选"
COUNTY_ONLY, CITY_ONLY, PROVINCE_ONLY, LATER = 8, 1, 1, 2
ALSO_COUNTY = (4, 11, 20, 33)  # township deputies with a county seat
LEAVING = {7: "调离", 26: "迁出", 41: "辞职"}
ROOM_SEATS = 10


@dataclass
class Person:
    """A deputy; `spans` are (level, first day, first day out or None)."""

    name: str
    note: str
    sex: str
    row: dict
    village: str
    spans: list = field(default_factory=list)
    station: str = ""

    @property
    def title(self):
        """The name as other sheets write it."""
        return f"{self.name}（{self.note}）" if self.note else self.name

    def serves(self, day, level=None):
        return any(
            starts <= day and (ends is None or day < ends) and level in (None, held)
            for held, starts, ends in self.spans
        )


def make_people(town):
    """Fills `town.people`; hands back the rows of 代表名册, 代表职务 and 代表编组."""
    total = town.seats + COUNTY_ONLY + CITY_ONLY + PROVINCE_ONLY + LATER
    given = [each for each in words("names")["given"] if each[0] == town.share]
    for number in range(total):
        person = _given(town, given[number]) if number < len(given) else _invented(town)
        town.people.append(person)
    mandates = [row for number in range(total) for row in _mandates(town, number)]
    _assign_stations(town)
    roster = [_roster_row(town, person) for person in town.people]
    return {"代表名册": roster, "代表职务": mandates, "代表编组": _volunteers(town)}


def _given(town, fields):
    _, name, note, sex, ethnic, village = fields
    return _filled(town, name, note, sex, ethnic, village)


def invented_name(town, sex):
    """A name that no deputy of the township bears."""
    names, chance = words("names"), town.chance
    while True:
        family = chance.choice(names["surnames"])
        if chance.random() < 0.03:
            family = chance.choice(names["double_surnames"])
        name = family + chance.choice(names["men"] if sex == "男" else names["women"])
        if name not in [person.name for person in town.people]:
            return name


def _invented(town):
    sex = "女" if town.chance.random() < 0.3 else "男"
    village = town.chance.choice(town.village_names)
    return _filled(town, invented_name(town, sex), "", sex, "汉族", village)


def _filled(town, name, note, sex, ethnic, village):
    chance = town.chance
    work = chance.choice([each for each in words("names")["occupation"] for _ in range(each["n"])])
    place = chance.choice(work["work"]).format(v=village, z=town.name, c=town.centre, s=name[-2:])
    born = date(chance.randint(1962, 1996), chance.randint(1, 12), 1)
    row = {
        "姓名": name, "备注": note, "性别": sex, "出生年月": f"{born:%Y-%m}", "民族": ethnic,
        "政治面貌": chance.choice(work["party"]), "学历": chance.choice(work["education"]),
        "职业构成": work["name"], "工作单位及职务": place, "联系电话": phone(town),
        "所在村居": village,
    }  # fmt: skip
    return Person(name, note, sex, row, village)


def phone(town):
    """A telephone number that nobody has."""
    return f"1990000{town.chance.randint(0, 9999):04d}"


def _mandates(town, number):
    """The seats of the person of that number."""
    person, found = town.people[number], []
    bounds = (town.seats, town.seats + COUNTY_ONLY)
    if number < bounds[0]:
        found.append(_township_seat(town, person, number))
    if bounds[0] <= number < bounds[1] or number in ALSO_COUNTY:
        found.append(_seat(town, person, "县", town.elected))
    if number in (bounds[0], bounds[1]):
        found.append(_seat(town, person, "市", date(2021, 12, 22)))
    if number == bounds[1] + CITY_ONLY:
        found.append(_seat(town, person, "省", date(2023, 1, 5)))
    if number >= bounds[1] + CITY_ONLY + PROVINCE_ONLY:
        found.append(_later_seat(town, person, number))
    return found


def _seat(town, person, level, elected):
    """A seat in a congress above the township."""
    term, starts = next((t[1], t[2]) for t in words("townships")["terms"] if t[0] == level)
    person.spans.append((level, starts, None))
    return {
        "姓名": person.title, "层级": level, "届次": term, "产生方式": GENERAL,
        "代表团": f"{town.name}代表团" if level == "县" else "会昌代表团",
        "当选日期": elected, "起任日期": starts,
    }  # fmt: skip


def _township_seat(town, person, number):
    ends = _last_day(town, number)
    person.spans.append(("乡镇", town.began, ends))
    row = _township_row(town, person, number) | {
        "产生方式": GENERAL, "当选日期": town.elected, "起任日期": town.began,
    }  # fmt: skip
    return row | ({"终止日期": ends, "终止原因": LEAVING[number]} if ends else {})


def _last_day(town, number):
    days = dict(zip(LEAVING, (date(2023, 5, 18), date(2024, 3, 28), town.meetings[8]), strict=True))
    return days.get(number)


def _later_seat(town, person, number):
    """Won at a by-election, held from the next meeting on."""
    starts = town.meetings[4 if number % 2 else 6]
    person.spans.append(("乡镇", starts, None))
    return _township_row(town, person, number) | {
        "产生方式": BY_ELECTION, "当选日期": starts - timedelta(days=28), "起任日期": starts,
    }  # fmt: skip


def _township_row(town, person, number):
    place = town.village_names.index(person.village) + 1
    return {
        "姓名": person.title, "层级": "乡镇", "届次": SEVENTH, "选区": f"第{place}选区",
        "代表团": f"第{(place - 1) % 4 + 1}代表团", "代表证号": f"{town.code[-3:]}{number + 1:03d}",
    }  # fmt: skip


def _assign_stations(town):
    """Ten deputies to each room, those of its village first; all others to the station."""
    rooms = [(f"{room['village']}代表联络室", room["village"]) for room in town.rooms]
    free = [p for p in town.people if p.serves(town.began, "乡镇") and p.serves(town.today)]
    for name, village in rooms:
        free.sort(key=lambda person: person.village != village)
        for person in free[:ROOM_SEATS]:
            person.station = name
        free = free[ROOM_SEATS:]
    for person in town.people:
        person.station = person.station or town.station_name


def _roster_row(town, person):
    groups, chance = words("records")["groups"], town.chance
    part = town.village_names.index(person.village) * len(groups["names"])
    return person.row | {
        "联络站": person.station,
        "入群": "是" if chance.random() < 0.92 else "否",
        "联系户数": chance.choice([None, 3, 5, 5, 6, 8, 10]),
        "代表小组": groups["names"][part // len(town.village_names)],
        "专业小组": chance.choice([*groups["topics"], ""]),
    }


def _volunteers(town):
    """The volunteers' team: a fact with days, so it stands in its own sheet."""
    team = words("records")["groups"]["volunteers"]
    members = town.some_people((18, 22), town.began)
    return [
        {
            "姓名": person.title, "类别": "志愿服务队", "名称": f"{town.name}{team}",
            "开始日期": date(2022, 5, 4), "结束日期": date(2024, 12, 31) if number > 16 else None,
        }
        for number, person in enumerate(members)
    ]  # fmt: skip


def names_of(people):
    """Deputies as one cell."""
    return several(person.title for person in people)
