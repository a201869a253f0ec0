"""All figures of all rooms in one list: what each is called, what it means, what it comes to and
which rows it counts.

Names, units, groups and definitions are data (`data/figures.toml`, in the order of the pages). A
figure of a room that stands there not is a step on the way to another one and is not given out.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from activities.figures import FIGURES as ACTIVITIES
from congress import figures
from congress.county_settings import reader
from congress.figures import Context
from deputies.figures import FIGURES as DEPUTIES
from liaison_stations.figures import FIGURES as STATIONS
from reports.outline_syntax import vocabulary
from suggestions.figures import FIGURES as SUGGESTIONS

DATA = Path(__file__).parent / "data"
FIGURES = {figure.key: figure for figure in (*SUGGESTIONS, *DEPUTIES, *STATIONS, *ACTIVITIES)}


class FigureError(ValueError):
    """A figure or filter is asked for that does not exist; the message is for the reader, in
    Chinese.
    """


@dataclass(frozen=True)
class Meta:
    """How a figure is called and what it means; `fraction` says of a rate what is divided by what,
    `of` is the unit of what is counted there, `sum` how it comes about from others (keys in
    braces), `within` the figure of which it is a part.
    """

    key: str
    name: str
    unit: str
    group: str
    definition: str
    fraction: str = ""
    of: str = ""
    sum: str = ""
    within: str = ""

    @property
    def gist(self):
        """The first sentence of the definition."""
        return self.definition.split("。")[0]

    @property
    def rate(self):
        """Whether it is a rate, in percent."""
        return bool(self.fraction)


@cache
def words():
    """The words of the figure pages: groups, breakdowns, lists (`data/figure_words.toml`)."""
    return tomllib.loads((DATA / "figure_words.toml").read_text(encoding="utf-8"))


def _metas():
    data = tomllib.loads((DATA / "figures.toml").read_text(encoding="utf-8"))
    return tuple(Meta(key=key, **fields) for key, fields in data.items())


METAS = _metas()
BY_KEY = {meta.key: meta for meta in METAS}


def filter_names():
    """{name: Chinese name} of the filters."""
    return {name: chinese for chinese, name in vocabulary()["filters"].items()}


def dimension_name(name):
    """The Chinese name of a breakdown."""
    named = {key: chinese for chinese, key in vocabulary()["dimensions"].items()}
    return {**named, **filter_names(), **words()["dimensions"]}.get(name, name)


def parse_filters(texts):
    """{name: (value, …)} from texts `name=value,value`; equal names are or-ed. A Chinese name will
    do. FigureError where a text cannot be read or no such filter exists.
    """
    found = {}
    for text in texts:
        name, _, values = text.partition("=")
        values = tuple(value.strip() for value in values.split(",") if value.strip())
        if not values:
            raise FigureError(f"筛选“{text}”看不明白，要写成 名称=值 或 名称=值,值")
        name = vocabulary()["filters"].get(name.strip(), name.strip())
        found[name] = found.get(name, ()) + values
    return checked_filters(found)


def checked_filters(filters):
    """The same filters; FigureError where one is not known."""
    for name in filters:
        if name not in filter_names():
            known = "、".join(f"{key}（{chinese}）" for key, chinese in filter_names().items())
            raise FigureError(f"没有“{name}”这个筛选，可用：{known}")
    return {name: tuple(values) for name, values in filters.items()}


def split_filters(asked):
    """(filters, labels) of {name: (value, …)}: what is no filter is a label of a breakdown."""
    filters = {name: values for name, values in asked.items() if name in filter_names()}
    return filters, {name: values for name, values in asked.items() if name not in filters}


def context(user, place, period, filters=None):
    """For whom, where and when; `filters` {name: (value, …)}."""
    filters = checked_filters(filters or {})
    return Context(user, place, period, filters, reader(place, period.as_of))


def _needed(keys):
    """The figures of these keys and all that they need, in the order of the rooms."""
    wanted, waiting = set(), list(keys)
    while waiting:
        key = waiting.pop()
        if key not in wanted:
            wanted.add(key)
            waiting += FIGURES[key].needs
    return [figure for key, figure in FIGURES.items() if key in wanted]


def checked_key(key):
    """The key; FigureError where there is no such figure."""
    if key not in BY_KEY:
        raise FigureError(f"没有“{key}”这个指标")
    return key


def evaluate(user, place, period, keys=None, filters=None):
    """{key: Result} of the figures of `keys` (None: all) in a place over a period, as far as `user`
    may see, in the order of the catalogue. Figures for which a filter means nothing are left out.
    FigureError: an unknown key or filter.
    """
    asked = BY_KEY if keys is None else {checked_key(key) for key in keys}
    found = figures.evaluate(_needed(asked), context(user, place, period, filters))
    return {
        meta.key: _described(meta, found[meta.key])
        for meta in METAS
        if meta.key in asked and meta.key in found
    }


def _described(meta, result):
    result.name, result.definition = meta.name, meta.definition
    result.unit = result.beside.pop("measure", meta.unit)
    return result


def rows(user, place, period, key, filters=None, labels=None):
    """[(queryset, part)] of exactly the rows that a figure counts; of a rate, those of its
    denominator. `labels` {breakdown: (label, …)}: of those, the rows under one label of a
    breakdown. FigureError: an unknown key or filter.
    """
    ctx = context(user, place, period, filters)
    figure = FIGURES[checked_key(key)]
    behind = [figure] if figure.parts else [FIGURES[need] for need in figure.needs]
    found = [pair for each in behind for pair in figures.rows_behind(each, ctx)]
    for name, wanted in (labels or {}).items():
        found = [(_under(queryset, part, name, wanted, ctx), part) for queryset, part in found]
    return found


def _under(queryset, part, name, wanted, ctx):
    """The rows that fall under one of the labels of a breakdown; none where it has no such one."""
    dimension = part.base.dimensions.get(name)
    if dimension is None:
        return queryset.none()
    rows = part.base.narrowed(ctx).filter(part.condition(ctx))
    rows = dimension.join(rows, ctx) if dimension.join else rows
    pairs = rows.annotate(label_asked=dimension.value)
    pairs = pairs.values_list("pk", "label_asked")
    return queryset.filter(pk__in={pk for pk, value in pairs if dimension.word(value) in wanted})


def numerator(user, place, period, key, filters=None):
    """The rows in the numerator of a rate that counts rows; None where it adds up a column, or
    counts rows of another kind than its denominator.
    """
    figure = FIGURES[checked_key(key)]
    if not figure.rate or not _counts_same_rows(*figure.parts[:2]):
        return None
    ctx = context(user, place, period, filters)
    narrowed = figure.parts[0].base.narrowed(ctx)
    return None if narrowed is None else narrowed.filter(figure.parts[0].condition(ctx))


def _counts_same_rows(above, below):
    same = above.base is below.base and above.measure == below.measure
    return same and not isinstance(below.measure, (figures.Sum, figures.Median))
