"""Which matter a case is about: a row of words/matters.csv with its blanks filled."""

from collections import Counter
from dataclasses import dataclass, field

from congress.sample.make.town import is_rural, rows, words

ASSIGNED = "交办"
SHORT = 0.6  # of the matters that come up again so many are told by their title alone
HELPERS = ("nong", "jian", "cai")
WAYS = {"代": "代表", "群": "群众"}


@dataclass
class Matter:
    """What one case is about, in words."""

    title: str
    body: str
    category: str
    unit: str
    helper: str
    villages: list
    outcome: str
    blanks: dict = field(default_factory=dict)


class Matters:
    """The matters of one township, each drawn as rarely as possible."""

    def __init__(self, town):
        self.town = town
        self.rows = list(rows("matters"))
        town.chance.shuffle(self.rows)
        self.used = Counter()

    def draw(self, way, who, tag="", village=""):
        """A matter that goes that way and that such a person would raise."""
        fitting = [
            row for row in self.rows
            if row["way"] == way and row["who"] in ("", who) and row["tag"] == tag
        ]  # fmt: skip
        row = min(fitting, key=self._turn)
        again = self.used[row["title"]] > 0
        self.used[row["title"]] += 1
        self.used[row["category"]] += 1
        return self._filled(row, who, village, again)

    def _turn(self, row):
        """Who comes next: what was drawn least, of the category that is most wanting."""
        wanted = words("names")["categories"]
        drawn = self.used[row["category"]] / wanted[row["category"]]
        return self.used[row["title"]], drawn, not row["body"]

    def _filled(self, row, who, village, again):
        chance = self.town.chance
        blanks = self.town.blanks(**({"v": village} if is_rural(village) else {}))
        blanks |= {
            "g": f"{chance.choice(words('names')['hamlets'])}组",
            "n": _number(chance, row["n"] or "6-30"),
            "m": _number(chance, row["m"] or "120-460"),
            "j": chance.randint(1, 3),
            "k": round(chance.uniform(0.6, 2.8), 1),
        }
        text = row["title"] + row["body"]
        named = [name for name in ("v", "v2", "v3", "v4", "c") if f"{{{name}}}" in text]
        title = row["title"] if who == "代" or row["who"] else _said_by_citizen(row["title"])
        return Matter(
            title.format(**blanks),
            "" if again and chance.random() < SHORT else row["body"].format(**blanks),
            row["category"],
            words("units").get(row["unit"], "").format(**blanks),
            words("units")[row["help"] or self._helper(row)].format(**blanks),
            list(dict.fromkeys(blanks[name] for name in named)),
            row["outcome"].format(**blanks),
            blanks,
        )

    def _helper(self, row):
        """Some unit that may help, where the matter names none."""
        return self.town.chance.choice([name for name in HELPERS if name != row["unit"]])


def _number(chance, text):
    least, most = text.split("-")
    return chance.randint(int(least), int(most))


def _said_by_citizen(title):
    """关于…的建议 as the officer notes it when a citizen says it."""
    if not title.startswith("关于"):
        return title
    return "请求" + title.removeprefix("关于").removesuffix("的建议")
