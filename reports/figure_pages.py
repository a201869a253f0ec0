"""The figures as a page shows them: lines by group, and one figure opened."""

from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse

from reports import catalogue, prose
from reports.asking import exact_query
from reports.catalogue import METAS, dimension_name, words
from reports.figure_shelves import shelves
from reports.figure_texts import rate_text, sum_text, sum_words, unit_text, value_text

BAR = 160  # units of the drawing: the longest bar
ROWS_OPENED = 8  # rows shown where a figure is opened in place
BARS_SHOWN = 12  # labels of a breakdown shown before the rest is unfolded
IN_ORDER = {
    "month",
    "age_band",
    "result_class",
}  # breakdowns whose labels have an order of their own
LATE = "suggestions.overdue"
LAST = ("其他", "未填")


@dataclass(frozen=True)
class Line:
    """One figure in the table: its value, how it came about, the same a year before."""

    meta: object
    value: str
    sum: str
    last: str
    url: str
    late: bool


def grouped_lines(asked, view_name, text=""):
    """[(group, lines)] of all figures that the filters have a meaning for, those whose name or key
    holds `text`.
    """
    now = _evaluate(asked, asked.period)
    before = _evaluate(asked, asked.period.same_last_year())
    order = words()["groups"]
    metas = [m for m in METAS if m.key in now and (text in m.name or text == m.key)]
    metas.sort(key=lambda meta: order.index(meta.group))
    return [
        (group, [_line(meta, now, before, asked, view_name) for meta in found])
        for group, found in groupby(metas, key=lambda meta: meta.group)
    ]


def _evaluate(asked, period, keys=None):
    return catalogue.evaluate(asked.user, asked.place, period, keys, asked.filters)


def _line(meta, now, before, asked, view_name):
    return Line(
        meta=meta,
        value=value_text(meta, now[meta.key]),
        sum=sum_text(meta, now),
        last=value_text(meta, before[meta.key]) if meta.key in before else prose.NOTHING,
        url=reverse(view_name, kwargs={"key": meta.key}) + asked.query(),
        late=meta.key == LATE and bool(now[meta.key].value),
    )


@dataclass(frozen=True)
class Bar:
    """One label of a breakdown: its number, the bar's length, the address of its rows."""

    label: str
    text: str
    length: int
    url: str


@dataclass(frozen=True)
class Opened:
    """One figure with all that stands behind it."""

    meta: object
    result: object
    value: str
    sum: str
    sum_words: str
    breakdowns: list
    beside: list
    lists: list
    shelves: list = field(default_factory=list)


def opened(asked, key):
    """The figure of a key as asked; None where the filters mean nothing for it. Under a label of a
    breakdown its value stays that of the whole, its rows are those of the label.
    """
    meta = catalogue.BY_KEY[key]
    keys = [key, *_summands(meta)]
    results = _evaluate(asked, asked.period, keys)
    if key not in results:
        return None
    result = results[key]
    names = {each.key: each.name for each in METAS}
    return Opened(
        meta=meta,
        result=result,
        value=value_text(meta, result),
        sum=sum_text(meta, results),
        sum_words=sum_words(meta, names),
        breakdowns=[
            (dimension_name(name), *_split(_bars(meta, result, name, _sorted(name, labels), asked)))
            for name, labels in result.breakdowns.items()
            if labels and list(labels) != [asked.place.name]
        ],
        beside=[
            (words()["beside"].get(name, name), prose.exact(value))
            for name, value in result.beside.items()
        ],
        lists=_lists(result.items),
        shelves=shelves(asked.user, asked.place, asked.period, key, asked.filters, asked.labels),
    )


def _summands(meta):
    return [key for key in catalogue.BY_KEY if f"{{{key}}}" in meta.sum]


def _bars(meta, result, name, labels, asked):
    sizes = {label: _size(number) for label, number in labels.items()}
    longest = max([*sizes.values(), 0]) or 1
    can_open = name in _openable(meta.key)
    return [
        Bar(
            label=label,
            text=_label_text(meta, result, number),
            length=round(BAR * sizes[label] / longest),
            url=_label_url(meta.key, name, label, asked) if can_open else "",
        )
        for label, number in labels.items()
    ]


def _split(bars):
    """The first labels and the rest; a rest of one is shown too."""
    shown = BARS_SHOWN if len(bars) > BARS_SHOWN + 1 else len(bars)
    return bars[:shown], bars[shown:]


def _sorted(name, labels):
    """The largest first, what is no label of its own last; months by themselves in order."""
    if name in IN_ORDER:
        return labels
    return dict(sorted(labels.items(), key=lambda pair: (pair[0] in LAST, -_size(pair[1]))))


def _size(number):
    return (number["value"] if isinstance(number, dict) else number) or 0


def _label_text(meta, result, number):
    if isinstance(number, dict):
        share = f"{prose.exact(number['numerator'])} ÷ {prose.exact(number['denominator'])}"
        text = rate_text(number["value"], number["numerator"], number["denominator"], meta.of)
        return text if "/" in text else f"{text}（{share}）"
    return f"{prose.exact(number)} {unit_text(result.unit)}".strip()


def _openable(key):
    """The breakdowns whose labels can be opened: those by which the counted rows are told apart."""
    figure = catalogue.FIGURES[key]
    behind = figure.parts or [p for need in figure.needs for p in catalogue.FIGURES[need].parts]
    return set().union(*(part.base.dimensions for part in behind)) if behind else set()


def _label_url(key, name, label, asked):
    query = exact_query(asked.place, asked.period, asked.filters, {name: label})
    return reverse("figure", kwargs={"key": key}) + query


def _lists(items):
    """[(title, headers, rows)] of a list behind a figure; a list of lists (the activities of each
    month) as one table for each.
    """
    if not items:
        return []
    nested = next((k for k, v in items[0].items() if v and isinstance(v, list | tuple)
                   and isinstance(v[0], dict)), None)  # fmt: skip
    if nested is None:
        return [("", *_table(items))]
    return [
        ("、".join(as_cell(v) for k, v in item.items() if k != nested), *_table(item[nested]))
        for item in items
    ]


def _table(items):
    names = list(dict.fromkeys(name for item in items for name in item))
    headers = [words()["items"].get(name, name) for name in names]
    return headers, [[as_cell(item.get(name)) for name in names] for item in items]


def as_cell(value):
    """A value of a list as text."""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
