"""Patterns of numbers that a county sets: 闭〔{年}〕{号:3}号, where {号:3} is the running number in
at least three digits.
"""

import re

NUMBER = "号"
MARK = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
RUNNING = f"{{{NUMBER}}}"
WIDEST = 6


def problems(pattern, known):
    """Sentences on what is wrong with a pattern that may use the placeholders `known`; [] where it
    is sound.
    """
    marks = MARK.findall(pattern)
    found = []
    if set("{}") & set(MARK.sub("", pattern)):
        found.append("“{”和“}”要成对，中间写一个名称，像{号}这样。")
    unknown = [f"{{{name}}}" for name, _width in marks if name not in known]
    if unknown:
        usable = "".join(f"{{{name}}}" for name in known)
        found.append(f"不认识{'、'.join(unknown)}，能用的是{usable}。")
    for name, width in marks:
        if width and (name != NUMBER or not width.isdecimal() or not 1 <= int(width) <= WIDEST):
            found.append(
                f"{{{name}:{width}}}写错了：只有号可以定位数，从1到{WIDEST}，像{{号:3}}这样。"
            )
    if (times := [name for name, _width in marks].count(NUMBER)) != 1:
        why = "没有{号}，每件的编号就一样了" if not times else "{号}只能写一次"
        found.append(f"{why}。")
    return found


def series_of(pattern, values):
    """(series, width): the pattern with all but the running number filled in, `闭〔2024〕{号}号`,
    and in how many digits that is written at least.
    """
    width = next((int(digits or 1) for name, digits in MARK.findall(pattern) if name == NUMBER), 1)

    def fill(mark):
        return RUNNING if mark[1] == NUMBER else str(values[mark[1]])

    return MARK.sub(fill, pattern), width


def write_number(series, width, number):
    """The number in its series: 闭〔2024〕005号."""
    before, _, after = series.partition(RUNNING)
    return f"{before}{number:0{width}}{after}"


def number_in(series, text):
    """The running number of a text of that series, whatever its digits; None: of another series."""
    before, _, after = series.partition(RUNNING)
    match = re.fullmatch(f"{re.escape(before)}([0-9]{{1,9}}){re.escape(after)}", text)
    return int(match[1]) if match else None
