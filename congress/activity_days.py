"""Activity days of a liaison station (代表活动日), written as clerks write them: 每月15日,
农历初七、二十四."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from congress.lunar import NUMERALS, lunar_of

EXAMPLES = "每月15日、每周一、每月第二个周三、农历初七、二十四、农历逢三、六、九、每月逢三、六、九"
WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
MARKET_WORDS = re.compile(r"(?:逢?[圩墟]日|赶[集场街]日|逢集日|开放|接待)$")
SEPARATORS = re.compile(r"[、,及和]")
SEVERAL_RULES = re.compile(r"[;\n]")


class RuleError(ValueError):
    """A rule that cannot be read; the message is for the clerk, in Chinese."""


@dataclass(frozen=True)
class Rule:
    """Days by number: `days` of the lunar or the ordinary month, or (which of the month, 0 = every)
    weekdays."""

    kind: str
    days: frozenset
    nth: int = 0

    def falls_on(self, day):
        """Whether the station is open on that date."""
        if self.kind == "weekday":
            return day.weekday() in self.days and self.nth in (0, (day.day + 6) // 7)
        return (lunar_of(day).day if self.kind == "lunar" else day.day) in self.days


def number(text):
    """15, 十五, 初七, 廿四, 二十四 → a number; ValueError else."""
    plain = text.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    if plain.isdecimal():
        return int(plain)
    tens, ten, unit = plain.rpartition("十")
    if max(len(tens), len(unit)) > 1 or not plain:
        raise ValueError(text)
    count = NUMERALS.index(tens) if tens else 1
    return (count * 10 if ten else 0) + (NUMERALS.index(unit) if unit else 0)


def _numbers(text, least, most, rule):
    words = [word for word in SEPARATORS.split(text.rstrip("日号")) if word]
    try:
        found = [number(word.rstrip("日号")) for word in words]
    except ValueError:
        found = []
    if not found or not all(least <= n <= most for n in found):
        raise RuleError(
            f"活动日“{rule}”看不明白：日期应在{least}到{most}之间，请照这样写：{EXAMPLES}"
        )
    return found


def _weekdays(text, rule):
    words = [re.sub(r"^(周|星期|礼拜)", "", word) for word in SEPARATORS.split(text)]
    if not words or not set(words) <= WEEKDAYS.keys():
        raise RuleError(f"活动日“{rule}”看不明白：星期应为一至六或日，请照这样写：{EXAMPLES}")
    return frozenset(WEEKDAYS[word] for word in words)


def _month_rule(kind, text, rule):
    last = 30 if kind == "lunar" else 31
    if text.startswith("逢"):
        digits = {n % 10 for n in _numbers(text[1:], 0, 10, rule)}
        return Rule(kind, frozenset(n for n in range(1, last + 1) if n % 10 in digits))
    return Rule(kind, frozenset(_numbers(text, 1, last, rule)))


def _parse_one(text, rule):
    if found := re.fullmatch(r"每(?:周|星期|礼拜)(.+)", text):
        return Rule("weekday", _weekdays(found[1], rule))
    if found := re.fullmatch(r"每月第([一二三四五1-5])个?((?:周|星期|礼拜).+)", text):
        return Rule("weekday", _weekdays(found[2], rule), nth=number(found[1]))
    if found := re.fullmatch(r"(?:每月)?[农阴]历(?:每月)?的?(.+)", text):
        return _month_rule("lunar", found[1], rule)
    if found := re.fullmatch(r"每月(?:公历|[阳新]历)?的?(.+)", text):
        return _month_rule("solar", found[1], rule)
    raise RuleError(f"活动日“{rule}”看不明白：请以“每月”“每周”或“农历”开头，例如：{EXAMPLES}")


def parse_rule(text):
    """The rules of one station; several are parted by semicolons. RuleError: what to write instead,
    in Chinese.

    初七 and 二十四 exist in every lunar month and come twice where a month is doubled; a day that a
    month does not have (31, 三十) is left out in that month."""
    plain = re.sub(r"[^\S\n]", "", unicodedata.normalize("NFKC", text or ""))
    parts = [MARKET_WORDS.sub("", part) for part in SEVERAL_RULES.split(plain) if part]
    if not parts:
        raise RuleError(f"活动日没有填写，例如：{EXAMPLES}")
    return [_parse_one(part, text) for part in parts]


def activity_days(rule_text, start, end):
    """All activity days from `start` to `end`, both counted."""
    rules = parse_rule(rule_text)
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if any(rule.falls_on(day) for rule in rules)]
