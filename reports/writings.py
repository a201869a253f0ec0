"""How the result of a figure is put into words: one function for each 写法 and each share of a
breakdown."""

from dataclasses import dataclass

from reports import prose
from reports.draft import Number, Text

NUMBERS = {
    "实数": prose.exact,
    "余": prose.beyond,
    "多": lambda value: prose.beyond(value, "多"),
    "近": prose.nearly,
    "万": prose.ten_thousands,
    "中文数字": prose.in_chinese,
}
RATE = "率"
FEW = 5  # below it a percentage says nothing
LISTS = {
    "月份": lambda words, asked, unit: prose.months(words),
    "会议": lambda words, asked, unit: prose.meetings(words),
    "题目": lambda words, asked, unit: prose.titles(words, asked.limit, unit or "项"),
    "清单": lambda words, asked, unit: prose.titles(words, asked.limit, unit or "项"),
    "引号": lambda words, asked, unit: prose.quoted(words[: asked.limit or None]),
}
ITEM_TITLES = ("title", "name", "topic", "label")
ITEM_DAYS = ("month", "date", "day", "start", "starts")
REST = "其他"


@dataclass(frozen=True)
class Written:
    """A figure in words. `nothing`: it is 0, empty or null; `null`: there is no number that could
    be printed."""

    runs: tuple
    nothing: bool
    null: bool
    size: float = 0


def write(asked, result, period):
    """`asked` (a Placeholder) put into words from its result; result None: the filter means
    nothing for it."""
    if result is None:
        return Written((Text(prose.NOTHING),), nothing=True, null=True)
    if asked.share:
        return _share(asked, result, period)
    if asked.writing in LISTS:
        words = _item_words(asked, result)
        text = LISTS[asked.writing](words, asked, result.unit) or prose.NOTHING
        run = _number(text, asked, result, period)
        return Written((run,), nothing=not words, null=not words, size=len(words))
    value, null = result.value, result.value is None
    text = _plain(asked, result)
    size = value if isinstance(value, (int, float)) else 0
    return Written((_number(text, asked, result, period),), nothing=not value, null=null, size=size)


def _plain(asked, result):
    if asked.writing == RATE:
        return _rate(result)
    if isinstance(result.value, str):
        return result.value
    return NUMBERS[asked.writing](result.value)


def _rate(result):
    """98.5%（197/200件）; of fewer than five the fraction alone, 2/3件."""
    if not result.denominator:
        return prose.NOTHING
    fraction = f"{prose.exact(result.numerator)}/{prose.exact(result.denominator)}件"
    few = result.denominator < FEW
    return fraction if few else f"{prose.exact(result.value)}%（{fraction}）"


def _number(text, asked, result, period, **more_filters):
    filters = dict(asked.filters) | more_filters
    return Number(
        text, asked.key, result.name, result.unit, result.definition, period, result, filters
    )


def _item_words(asked, result):
    """The words of a figure's items (months: their days); without items, the labels of its
    months."""
    if asked.writing == "月份" and "month" in result.breakdowns:
        return list(result.breakdowns["month"])
    names = ITEM_DAYS if asked.writing == "月份" else ITEM_TITLES
    found = [
        next((item[name] for name in names if item.get(name)), None) for item in result.items or ()
    ]
    return [str(word) for word in found if word]


def largest_first(result, dimension):
    """[(label, value)] of a breakdown that are not nothing, the largest first, 其他 last."""
    labels = result.breakdowns.get(dimension, {}).items()
    found = [(label, n["value"] if isinstance(n, dict) else n) for label, n in labels]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: (pair[0] == REST, -pair[1]))


def _share(asked, result, period):
    pairs = largest_first(result, asked.dimension)
    runs = SHARES[asked.share](pairs, asked, result, period) if pairs else [Text(prose.NOTHING)]
    return Written(tuple(runs), nothing=not pairs, null=not pairs, size=len(pairs))


def _labels(pairs, asked, result, period):
    labels = [label for label, _ in pairs if label != REST][: asked.limit or None] or [REST]
    write_labels = prose.quoted if asked.writing == "引号" else prose.join
    return [_number(write_labels(labels), asked, result, period)]


def _first(pairs, asked, result, period):
    return [_number(pairs[0][0], asked, result, period)]


def _each(pairs, asked, result, period):
    """产业发展19件、基础设施8件和其他2件, each number with its own rows."""
    runs = []
    for place, (label, value) in enumerate(pairs[: asked.limit or None]):
        last = place == len(pairs) - 1
        runs.append(Text(("和" if last else "、") * bool(place) + label))
        runs += [_of_label(label, value, asked, result, period), Text(result.unit)]
    return runs


def _most(pairs, asked, result, period):
    """产业发展最多，占19件."""
    label, value = pairs[0]
    number = _of_label(label, value, asked, result, period)
    return [Text(f"{label}最多，占"), number, Text(result.unit)]


def _of_label(label, value, asked, result, period):
    return _number(prose.exact(value), asked, result, period, **{asked.dimension: (label,)})


SHARES = {"名目": _labels, "首项": _first, "分列": _each, "最多": _most}
