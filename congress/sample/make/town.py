"""What all parts share: the word lists, and a township with its villages, its days and its
chance."""

import csv
import random
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from congress.calendar import Holidays, is_workday

WORDS = Path(__file__).parent / "words"
NUMERALS = "一二三四五六七八九十"


@cache
def words(name):
    """One of the word lists, words/<name>.toml."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name):
    """The rows of words/<name>.csv as dictionaries."""
    with (WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def holidays():
    return Holidays.bundled()


def workday(day):
    """That day, or the next on which offices work."""
    while not is_workday(day, holidays()):
        day += timedelta(days=1)
    return day


def several(texts):
    """Several values as one cell; a lone one that holds a comma ends with ；."""
    texts = list(texts)
    lone = len(texts) == 1 and set(texts[0]) & set("、，,")
    return texts[0] + "；" if lone else "；".join(texts)


def meeting_name(number):
    """The name of a congress meeting of the seventh term."""
    return f"第七届人大第{NUMERALS[number - 1]}次会议"


def is_rural(village):
    """Whether it is a village and no part of the market town."""
    return village.endswith("村")


class Town:
    """One township of words/townships.toml. `chance` is its own, so that a change in one township
    leaves the others as they are.
    """

    def __init__(self, data):
        vars(self).update(data)
        self.today = words("townships")["today"]
        self.chance = random.Random(data["seed"])
        self.kind = self.name[-1]  # 镇 or 乡
        self.village_names = [name for name, _, _ in self.villages]
        self.station_name = f"{self.name}人大代表联络站"
        self.people = []
        self.sessions = []  # (day, station) of the receptions
        self.inspections = {}  # year: [(day, name)]

    @property
    def file_name(self):
        return f"{self.code}-{self.name}.xlsx"

    def leader(self, post):
        """The name of who first held a post of the seventh term."""
        return next(
            leader[3] for leader in self.leaders if leader[0] == "第七届" and leader[2] == post
        )

    def blanks(self, **more):
        """What fills the blanks of a text: four different villages, the names of the township."""
        rest = [name for name in self.village_names if is_rural(name) and name != more.get("v")]
        names = self.chance.sample(rest, 4)
        found = dict(zip(("v", "v2", "v3", "v4"), names, strict=True))
        return found | {
            "c": self.centre,
            "z": self.kind,
            "t": self.name,
            "head": self.leader("主席"),
            "mayor": self.leader(f"{self.kind}长"),
            **more,
        }

    def in_month(self, year, month, least=3, most=25):
        """A working day of a month, not after the day on which the sample was made."""
        first = self.today.replace(year=year, month=month, day=1)
        last = min((first.replace(day=most) - first).days, (self.today - first).days - 2)
        return workday(first + timedelta(days=self.chance.randint(least - 1, last)))

    def serving(self, day):
        """The deputies in office on a day."""
        return [person for person in self.people if person.serves(day)]

    def some_people(self, count, day):
        """So many deputies in office that day, by chance; (least, most) of them."""
        serving = self.serving(day)
        return self.chance.sample(serving, min(self.chance.randint(*count), len(serving)))


def towns():
    """The townships of the sample county."""
    return [Town(data) for data in words("townships")["township"]]
