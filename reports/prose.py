"""How numbers, months, meetings and titles read in a Chinese official text.

Pure functions; the forms follow GB/T 15835-2011 (numerals) and GB/T 15834-2011 (punctuation).
"""

import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

DIGITS = "零一二三四五六七八九"
ORDINAL = re.compile(r"(?P<head>.*第)(?P<number>[一二三四五六七八九十百\d]+)(?P<tail>次.*)")
NOTHING = "—"
INNER_MARKS = str.maketrans("“”", "‘’")


def chinese_number(number):
    """A whole number from 0 to 999 in Chinese numerals: 3 → 三, 12 → 十二, 105 → 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones or not number else "")


CHINESE_NUMBERS = {chinese_number(number): number for number in range(1, 200)}


def join(words, last="和"):
    """A list in prose: 甲、乙和丙; 以及 where a member itself holds a 和."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    if last == "和" and any(mark in word for word in words for mark in "和与及"):
        last = "以及"
    return "、".join(words[:-1]) + last + words[-1]


def quoted(words):
    """Names in quotation marks, which take no 、 between them: “甲”“乙”; marks inside become
    single."""
    return "".join(f"“{_bare(word).translate(INNER_MARKS)}”" for word in words)


def _bare(word):
    """A name without the marks that stand around the whole of it."""
    wrapped = word.startswith("“") and word.find("”") == len(word) - 1
    return word[1:-1] if wrapped else word


def exact(value):
    """A number as it is, without trailing zeros: 98.50 → 98.5, 100.0 → 100; None → —."""
    if value is None:
        return NOTHING
    return f"{Decimal(str(value)).normalize():f}"


def beyond(value, word="余"):
    """A round number from above only: 103 → 100余, 1234 → 1200余; round or below ten stays
    exact."""
    if value is None or value < 10 or value != int(value):
        return exact(value)
    step = _step(value)
    floor = int(value) // step * step
    if floor == value:
        return exact(value)
    return f"{exact(Decimal(floor) / 10000)}万{word}" if floor >= 10000 else f"{floor}{word}"


def nearly(value):
    """A round number from below, where it is within three in a hundred: 198 → 近200, else as
    `beyond`."""
    if value is None or value < 10 or value != int(value):
        return exact(value)
    ceiling = -(-int(value) // _step(value)) * _step(value)
    if ceiling == value or (ceiling - value) * 100 > 3 * ceiling:
        return beyond(value)
    return f"近{exact(Decimal(ceiling) / 10000)}万" if ceiling >= 10000 else f"近{ceiling}"


def _step(value):
    """The place of the second figure: 10 for 12 to 999, 100 for 1000 to 9999."""
    return 10 ** max(1, len(str(int(value))) - 2)


def ten_thousands(value):
    """In 万 with one decimal: 23456 → 2.3万."""
    if value is None:
        return NOTHING
    return f"{(Decimal(str(value)) / 10000).quantize(Decimal('0.1'), ROUND_HALF_UP)}万"


def in_chinese(value):
    """A whole number in Chinese numerals, as 三次会议 wants it; what is none stays as it is."""
    whole = value is not None and value == int(value) and 0 <= value < 1000
    return chinese_number(int(value)) if whole else exact(value)


def months(labels):
    """Months `2024-03` in prose: 3月、5月和9月; three in a row 3至5月; the year where years
    differ."""
    found = sorted({tuple(int(part) for part in label.split("-")[:2]) for label in labels})
    several = len({year for year, _ in found}) > 1
    pieces = []
    for year, group in groupby(found, key=lambda pair: pair[0]):
        named = _month_runs([month for _, month in group])
        pieces += [f"{year}年{named[0]}" if several else named[0], *named[1:]]
    return join(pieces)


def _month_runs(numbers):
    pieces = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [month for _, month in group]
        pieces += [f"{run[0]}至{run[-1]}月"] if len(run) > 2 else [f"{month}月" for month in run]
    return pieces


def meetings(names):
    """Meetings of one kind merged: 第七届人大第一次会议, …第二次会议 →
    第七届人大第一、二次会议."""
    groups = defaultdict(set)
    for name in names:
        match = ORDINAL.fullmatch(name)
        if match:
            groups[match["head"], match["tail"]].add(_whole(match["number"]))
        else:
            groups[name, ""].add(0)
    return join(head + _numbered(numbers) + tail for (head, tail), numbers in groups.items())


def _whole(text):
    return int(text) if text.isdigit() else CHINESE_NUMBERS.get(text, 0)


def _numbered(numbers):
    return "、".join(chinese_number(number) for number in sorted(numbers) if number)


def titles(words, limit=0, unit="项"):
    """Titles in prose, each once; beyond `limit`: 甲、乙等5项."""
    words = list(dict.fromkeys(words))
    if not limit or len(words) <= limit:
        return join(words)
    return "、".join(words[:limit]) + f"等{len(words)}{unit}"


def place_kind(name):
    """What a place calls itself, for 我镇 and 我乡: the last character of its name."""
    if name.endswith("街道"):
        return "街道"
    return name[-1] if name[-1:] in set("乡镇县市区") else "地"
