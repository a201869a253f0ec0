"""Computes many figures at once: all parts over one base share one grouped query, and one more for
each dimension under which a row may fall several times. Cells are added up here; conditions and
measures are the database's.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import models

from congress.figures.definition import Count, Distinct, Median, Result, Sum, percent, plain
from congress.figures.medians import days_of, labels_of, median_of


@dataclass
class Tally:
    """What one part came to, in all and by the labels of each dimension."""

    total: object = 0
    rows: int = 0
    by: dict[str, dict[str, object]] = field(default_factory=lambda: defaultdict(Counter))


def evaluate(figures, ctx):
    """{key: Result} of all `figures` that the asked filters have a meaning for."""
    counted = [figure for figure in figures if figure.compute is None]
    tallies = _tally_all(_parts_with_dimensions(counted), ctx)
    results = {}
    for figure in counted:
        if _means_nothing(figure, tallies):
            continue
        results[figure.key] = _result(figure, tallies, ctx)
    for figure in figures:
        if figure.compute and set(figure.needs) <= set(results):
            result = figure.compute(ctx, results)
            if result is not None:
                result.key = figure.key
                results[figure.key] = result
    return results


def _means_nothing(figure, tallies):
    """Whether a filter means nothing for what the figure counts first, of a rate for either."""
    leading = figure.parts if figure.rate else figure.parts[:1]
    return any(tallies.get(part) is None for part in leading)


def rows_behind(figure, ctx):
    """[(queryset, part)] of exactly the rows counted: of a rate, those of its denominator."""
    parts = figure.parts[1:2] if figure.rate else figure.parts
    found = []
    for part in parts:
        queryset = part.base.narrowed(ctx)
        if queryset is not None:
            found.append((queryset.filter(part.condition(ctx)).distinct(), part))
    return found


def _parts_with_dimensions(figures):
    wanted = {}
    for figure in figures:
        for part in (*figure.parts, *(extra.part for extra in figure.beside)):
            wanted.setdefault(part, set()).update(set(figure.by) & set(part.base.dimensions))
    return wanted


def _tally_all(wanted, ctx):
    groups = defaultdict(list)
    for part in wanted:
        kind = _kind(part.measure)
        groups[part.base, kind].append(part)
    tallies = {}
    narrowed = {}
    for (base, kind), parts in groups.items():
        if base not in narrowed:
            narrowed[base] = base.narrowed(ctx)
        if narrowed[base] is not None:
            tallies |= _tally_group(narrowed[base], base, kind, parts, wanted, ctx)
    return tallies


def _kind(measure):
    """Measures of one kind share their queries."""
    if isinstance(measure, Count | Sum):
        return "additive"
    return "median" if isinstance(measure, Median) else measure


def _tally_group(queryset, base, kind, parts, wanted, ctx):
    if kind == "median":
        return _medians(queryset, base, parts, wanted, ctx)
    tallies = {part: Tally() for part in parts}
    names = sorted(set().union(*(wanted[part] for part in parts)))
    single = [name for name in names if base.dimensions[name].join is None]
    cells = _cells(queryset, base, kind, parts, single, ctx)
    _add_up(tallies, parts, cells, base, single, kind, totals=True)
    several = [name for name in names if name not in single]
    for name, cells in _cells_by_joins(queryset, base, kind, parts, several, ctx):
        concerned = [part for part in parts if name in wanted[part]]
        _add_up(tallies, concerned, cells, base, [name], kind, totals=False)
    return tallies


def _cells(queryset, base, kind, parts, names, ctx):
    """One grouped query: for each combination of labels (and of the counted value, where different
    ones are counted) the measure of each part.
    """
    groups = {f"d_{name}": base.dimensions[name].value for name in names} | _counted(kind)
    measures = _measures(parts, ctx)
    if not groups:
        found = [queryset.aggregate(**measures)]
    else:
        found = queryset.annotate(**groups).values(*groups).annotate(**measures).order_by()
    return [_by_part(cell, parts) for cell in found]


def _cells_by_joins(queryset, base, kind, parts, names, ctx):
    """(name, cells) of each dimension under which a row may fall several times: their queries
    laid under each other, so that all come in one.
    """
    measures = _measures(parts, ctx, distinct=True)
    queries = []
    for name in names:
        groups = {
            "dimension": models.Value(name, models.CharField()),
            "label": base.dimensions[name].value,
        } | _counted(kind)
        joined = base.dimensions[name].join(queryset, ctx).annotate(**groups)
        queries.append(joined.values(*groups).annotate(**measures).order_by())
    found = defaultdict(list)
    for cell in queries[0].union(*queries[1:], all=True) if queries else ():
        cell[f"d_{cell['dimension']}"] = cell["label"]
        found[cell["dimension"]].append(_by_part(cell, parts))
    return found.items()


def _counted(kind):
    return {"counted": models.F(kind.column)} if isinstance(kind, Distinct) else {}


def _measures(parts, ctx, *, distinct=False):
    measures = {}
    for index, part in enumerate(parts):
        condition = part.condition(ctx) or None
        measures[f"n{index}"] = models.Count("pk", filter=condition, distinct=distinct)
        if isinstance(part.measure, Sum):
            measures[f"m{index}"] = models.Sum(part.measure.column, filter=condition)
    return measures


def _by_part(cell, parts):
    """The cell with (rows, sum) under each part."""
    numbers = {part: (cell[f"n{i}"], cell.get(f"m{i}")) for i, part in enumerate(parts)}
    return cell | {"parts": numbers}


def _add_up(tallies, parts, cells, base, names, kind, *, totals):
    seen = defaultdict(set)
    for cell in cells:
        labels = {name: base.dimensions[name].word(cell[f"d_{name}"]) for name in names}
        for part in parts:
            rows, amount = cell["parts"][part][0], _amount(part, kind, cell)
            if not rows:
                continue
            tally = tallies[part]
            if totals:
                tally.rows += rows
                tally.total += _once(seen, amount, part, None, cell)
            for name, label in labels.items():
                if label is not None:
                    tally.by[name][label] += _once(seen, amount, part, (name, label), cell)


def _amount(part, kind, cell):
    if isinstance(kind, Distinct):
        return None if cell["counted"] is None else 1
    rows, summed = cell["parts"][part]
    return plain(summed) if isinstance(part.measure, Sum) else rows


def _once(seen, amount, part, label, cell):
    """The amount of a cell; of different values each counts once a label."""
    if amount is None:
        return 0
    if "counted" not in cell:
        return amount
    if cell["counted"] in seen[part, label]:
        return 0
    seen[part, label].add(cell["counted"])
    return 1


def _medians(queryset, base, parts, wanted, ctx):
    tallies = {}
    for part, days in zip(parts, days_of(queryset, parts, ctx), strict=True):
        tallies[part] = Tally(total=median_of(days.values()), rows=len(days))
        for name in wanted[part]:
            labels = labels_of(queryset.filter(part.condition(ctx)), base.dimensions[name], ctx)
            tallies[part].by[name] = {
                label: median_of(days[pk] for pk in pks) for label, pks in labels.items()
            }
    return tallies


def _result(figure, tallies, ctx):
    parts = [tallies[part] for part in figure.parts if tallies.get(part) is not None]
    if figure.rate:
        result = _rate(figure, *parts)
    else:
        result = _sum(figure, parts)
    for extra in figure.beside:
        if tallies.get(extra.part) is not None:
            result.beside[extra.name] = plain(tallies[extra.part].total)
    if figure.items:
        result.items = figure.items(ctx, rows_behind(figure, ctx))
    return result


def _sum(figure, parts):
    totals = [part.total for part in parts]
    value = None if totals == [None] else plain(sum(total or 0 for total in totals))
    breakdowns = {}
    for name in figure.by:
        merged = Counter()
        for part in parts:
            for label, amount in part.by.get(name, {}).items():
                merged[label] += amount
        breakdowns[name] = {
            label: plain(merged[label]) for label in sorted(merged) if merged[label]
        }
    return Result(
        figure.key, value=value, breakdowns=breakdowns, rows=sum(part.rows for part in parts)
    )


def _rate(figure, numerator, denominator):
    breakdowns = {}
    for name in figure.by:
        breakdowns[name] = {
            label: {
                "value": percent(numerator.by[name].get(label, 0), total),
                "numerator": plain(numerator.by[name].get(label, 0)),
                "denominator": plain(total),
            }
            for label, total in sorted(denominator.by[name].items())
            if total
        }
    return Result(
        figure.key,
        value=percent(numerator.total, denominator.total),
        numerator=plain(numerator.total),
        denominator=plain(denominator.total),
        breakdowns=breakdowns,
        rows=denominator.rows,
    )
