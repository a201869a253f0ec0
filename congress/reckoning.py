"""How a deadline comes about, in words: months to the same day, working days by the holiday
notices.
"""

from datetime import timedelta
from itertools import groupby

from congress.calendar import HOLIDAY, WORKDAY, add_months, add_workdays

WEEKDAYS = "一二三四五六日"
# So many holidays are named; of a longer span the rest is counted.
NAMED = 6
DAY = timedelta(days=1)


def after_months(start, n, holidays, shift=False):
    """(due, words): the same day `n` months after `start`, in a month without that day its last
    one. `shift`: where offices are closed on that day, the next working day (the county's setting;
    民法典 203). Holidays count only then.
    """
    due = add_months(start, n)
    words = f"{start} {_sign(n)} {abs(n)}个月 = {due}"
    if due.day < start.day:
        words += f"（{due.month}月没有{start.day}日，算到月末）"
    if not shift:
        return due, words
    moved = due if holidays.is_workday(due) else add_workdays(due, 1, holidays)
    if moved != due:
        words += f"，是{closed_name(due, holidays)}，顺延到{moved}"
    return moved, _noted(words, holidays.note(due, moved))


def after_workdays(start, n, holidays):
    """(due, words): the `n`-th working day after `start`, whose own day does not count; the words
    name the holidays that were skipped, the make-up days that counted and the years whose notice
    is not out. n < 0 counts back.
    """
    due = add_workdays(start, n, holidays)
    words = f"{start} {_sign(n)} {abs(n)}个工作日 = {due}"
    if not n:
        return due, words
    first, last = (start + DAY, due) if n > 0 else (due, start - DAY)
    passed = _passed(first, last, holidays)
    if passed:
        words += f"（{passed}）"
    return due, _noted(words, holidays.note(first, last))


def closed_name(day, holidays):
    """What a day on which offices are closed is called: 国庆节假期, 星期六."""
    return f"{holidays.name_of(day)}假期" if holidays.name_of(day) else weekday_name(day)


def weekday_name(day):
    """星期一 to 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def spans(days):
    """[(first, last)] of days in a row; `days` in order."""
    found = []
    for day in days:
        if found and day - found[-1][1] == DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def span_words(first, last, year):
    """`10月1日至7日`; a day of another year than `year` says so."""
    text = _day_words(first, year)
    if first == last:
        return text
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{text}至{f'{last.day}日' if same_month else _day_words(last, first.year)}"


def _day_words(day, year):
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"


def _sign(n):
    return "-" if n < 0 else "+"


def _noted(words, note):
    return f"{words}；{note}" if note else words


def _passed(first, last, holidays):
    """What lies between: weekends and holidays skipped, make-up days counted."""
    days = [first + DAY * n for n in range((last - first).days + 1)]
    rows = [holidays.rows[day] for day in days if day in holidays.rows]
    closed = [row.day for row in rows if row.kind == HOLIDAY]
    weekends = [day for day in days if day not in holidays.rows and day.weekday() >= 5]
    skipped = [_shortened(_named(closed, holidays, first.year), "个假期")] if closed else []
    skipped += [f"双休日{len(weekends)}天"] if weekends else []
    parts = [f"跳过{'、'.join(skipped)}"] if skipped else []
    made_up = [_day_words(row.day, first.year) for row in rows if row.kind == WORKDAY]
    if made_up:
        parts.append(f"{_shortened(made_up, '天')}调休上班")
    return "，".join(parts)


def _named(closed, holidays, year):
    """国庆节10月1日至7日: each run of days off under one name."""
    named = []
    for name, days in groupby(closed, holidays.name_of):
        named += [f"{name}{span_words(first, last, year)}" for first, last in spans(days)]
    return named


def _shortened(items, measure):
    """The first few by name, and how many there are in all."""
    rest = f"等{len(items)}{measure}" if len(items) > NAMED else ""
    return "、".join(items[:NAMED]) + rest
