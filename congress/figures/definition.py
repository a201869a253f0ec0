"""The words in which a room declares its figures. See docs/figures.md for a worked example."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Context:
    """For whom, where and when a figure is asked. `setting(key)` gives the county's value in force
    on the as-of date.
    """

    user: object
    place: object
    period: object
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    setting: Callable[[str], object] = lambda key: None
    memo: dict = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def as_of(self):
        return self.period.as_of

    def once(self, name, read):
        """What several figures of one asking read, read once: `read()`, remembered under `name`."""
        if name not in self.memo:
            self.memo[name] = read()
        return self.memo[name]

    def visible(self, model):
        """Rows of `model` that the user may see, in the place that is asked about."""
        return model.objects.visible_to(self.user).in_place(self.place)

    def within(self, date_field):
        """Filter: the day lies in the period, both ends included, and not after the as-of date."""
        last = min(self.period.end, self.as_of)
        return Q(**{f"{date_field}__gte": self.period.start, f"{date_field}__lte": last})


@dataclass(frozen=True)
class Dimension:
    """By what rows are told apart. `join` is given where one row may fall under several labels."""

    expression: object
    join: Callable[[QuerySet, Context], QuerySet] | None = None
    label: Callable[[object], str | None] = lambda value: (
        str(value) if value not in (None, "") else None
    )
    missing: str | None = None

    @property
    def value(self):
        """The expression that gives a row's value."""
        return F(self.expression) if isinstance(self.expression, str) else self.expression

    def word(self, value):
        """The ledger's word for a value; None: such rows stand in no label of this breakdown."""
        return self.label(value) or self.missing


@dataclass(frozen=True)
class Base:
    """A kind of row that figures count: the visible rows of the period with what conditions speak
    of.
    """

    name: str
    rows: Callable[[Context], QuerySet]
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    filters: dict[str, Callable[[QuerySet, tuple[str, ...], Context], QuerySet]] = field(
        default_factory=dict
    )

    def narrowed(self, ctx):
        """The rows after the asked filters, or None where one of them means nothing for these
        rows.
        """
        if not set(ctx.filters) <= set(self.filters):
            return None
        queryset = self.rows(ctx)
        for name, values in ctx.filters.items():
            queryset = self.filters[name](queryset, values, ctx)
            if queryset is None:
                return None
        return queryset.order_by()

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass(frozen=True)
class Count:
    """How many rows."""


@dataclass(frozen=True)
class Sum:
    """The sum of a column over the rows."""

    column: str


@dataclass(frozen=True)
class Distinct:
    """How many different values of a column (persons, villages) stand in the rows."""

    column: str


@dataclass(frozen=True)
class Median:
    """The median of the days between two dates (mean of the two middle values)."""

    later: str
    earlier: str


@dataclass(frozen=True)
class Part:
    """A measure over the rows of a base that meet a condition (a Q, or a function of it)."""

    base: Base
    where: Q | Callable[[Context], Q] = Q()
    measure: Count | Sum | Distinct | Median = Count()

    def condition(self, ctx):
        return self.where(ctx) if callable(self.where) else self.where

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass(frozen=True)
class Beside:
    """A second measure shown beside the value: persons beside attendances."""

    name: str
    part: Part


@dataclass(frozen=True)
class Figure:
    """One statistic. `parts` are added up; a `rate` divides parts[0] by parts[1], in percent.

    `items(ctx, rows)` lists what stands behind it; `compute(ctx, results)` is for what is no count
    (a date, a setting, the least of a breakdown) and reads the results of the figures named in
    `needs`.
    """

    key: str
    parts: tuple[Part, ...] = ()
    rate: bool = False
    by: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    items: Callable | None = None
    needs: tuple[str, ...] = ()
    compute: Callable | None = None

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass
class Result:
    """What a figure came to. `value` None prints as “—”; percent with two decimals, counts as
    integers.
    """

    key: str
    value: int | float | str | None = None
    numerator: int | None = None
    denominator: int | None = None
    breakdowns: dict[str, dict[str, object]] = field(default_factory=dict)
    items: list[dict] | None = None
    beside: dict[str, object] = field(default_factory=dict)
    rows: int = 0
    name: str = ""
    unit: str = ""
    definition: str = ""

    def as_json(self):
        """The form printed by `manage figures --json`."""
        document = {
            "value": self.value,
            "unit": self.unit,
            "breakdowns": self.breakdowns,
            "rows": self.rows,
        }
        if self.denominator is not None:
            document |= {"numerator": self.numerator, "denominator": self.denominator}
        if self.items is not None:
            document["items"] = self.items
        if self.beside:
            document["beside"] = self.beside
        return document


def plain(number):
    """Sums come as Decimal; whole ones print as integers, others as floats. None is nothing: 0."""
    number = number or 0
    if isinstance(number, (Decimal, float)):
        return int(number) if number == int(number) else float(number)
    return number


def percent(numerator, denominator):
    """A rate in percent with two decimals, None where nothing is divided by."""
    return round(100 * float(numerator) / float(denominator), 2) if denominator else None
