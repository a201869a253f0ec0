"""How the numbers of the figure pages read."""

import re

from reports import prose
from reports.catalogue import words

TOO_FEW = 5  # of fewer no percentage is given
KEY = re.compile(r"{(.+?)}")


def value_text(meta, result):
    """46 件, 85%, 2 / 3 件 (of fewer than five), 12 条 of a list, 3 种, — for
    nothing.
    """
    if meta.rate:
        return rate_text(result.value, result.numerator, result.denominator, meta.of)
    if result.value is None:
        return _how_many(result)
    if isinstance(result.value, str):
        return result.value
    return f"{prose.exact(result.value)} {unit_text(result.unit)}".strip()


def _how_many(result):
    """Of what has no number of its own: how many lines its list has (of one line
    its name), or how many sorts.
    """
    if result.items:
        single = result.items[0].get("name") if len(result.items) == 1 else None
        return single or f"{len(result.items)} 条"
    labels = next(iter(result.breakdowns.values()), {})
    return f"{len(labels)} 种" if labels else prose.NOTHING


def rate_text(value, numerator, denominator, unit):
    """A rate in percent; of fewer than five the two numbers themselves."""
    if not denominator:
        return prose.NOTHING
    if denominator < TOO_FEW:
        return f"{prose.exact(numerator)} / {prose.exact(denominator)} {unit}"
    return f"{prose.exact(value)}%"


def unit_text(unit):
    """The unit as a page prints it."""
    return words()["units"].get(unit, unit)


def sum_text(meta, results):
    """How the number comes about: 27 ÷ 28, or 46 − 2 from other figures; "" where it stands
    alone.
    """
    result = results[meta.key]
    if meta.rate:
        if not result.denominator:
            return ""
        return f"{prose.exact(result.numerator)} ÷ {prose.exact(result.denominator)}"
    keys = KEY.findall(meta.sum)
    if not keys or not all(key in results for key in keys):
        return ""
    return KEY.sub(lambda found: prose.exact(results[found[1]].value), meta.sum)


def sum_words(meta, names):
    """The same in words: 收集意见建议 − 不予受理; `names` {key: name}."""
    return meta.fraction or KEY.sub(lambda found: names[found[1]], meta.sum)
