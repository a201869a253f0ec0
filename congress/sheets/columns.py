"""The columns of a ledger sheet: one list for import, export, template and the page's form.

Sheet("村居", "villages", key=("name",), columns=(
    Column("名称", "name", Text(60), required=True, example="上芦村"),
    Column("代码", "code", Code(12)),
))
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congress.sheets.forms import CellField, SheetForm, form_for, initial_for
from congress.sheets.lists import Choice, Names, Pairs, SeveralChoices, Words
from congress.sheets.rules import (
    Code,
    Day,
    Decimal,
    Link,
    Month,
    Name,
    Number,
    Out,
    Phone,
    Rule,
    Text,
    Time,
    Year,
    YesNo,
    is_nothing,
)
from congress.sheets.values import (
    Cell,
    CellError,
    Pair,
    half_width,
    is_clear,
    is_empty,
    is_example,
    parse_text,
)

__all__ = [
    "Cell", "CellError", "CellField", "Choice", "Code", "Column", "Day", "Decimal", "Link", "Month",
    "Name", "Names", "Number", "Pair", "Pairs", "Phone", "Rule", "SeveralChoices", "Sheet",
    "SheetForm", "Text", "Time", "Words", "Year", "YesNo", "form_for", "header_key", "initial_for",
    "is_clear", "is_empty", "is_example", "is_nothing",
]  # fmt: skip

_STARS = re.compile(r"[*＊★]")


def header_key(cell: Cell) -> str:
    """A header as columns are found by it: without stars and blanks, brackets of one kind."""
    text = _STARS.sub("", "".join(parse_text(cell).split()))
    return half_width(text).lower()


@dataclass(frozen=True)
class Column:
    """One column: its header, the name of its value in code, and the rule of its cells.

    `unknown` is what stands in a required cell where the table it came from does not say.
    """

    header: str
    field: str
    rule: Rule
    required: bool = False
    aliases: tuple[str, ...] = ()
    help: str = ""
    example: str = ""
    unknown: str = ""

    def is_unknown(self, raw: Cell) -> bool:
        """Whether a cell says that the value is not known."""
        return bool(self.unknown) and isinstance(raw, str) and parse_text(raw) == self.unknown

    def parse(self, raw: Cell) -> Any:
        """The value of a cell. CellError where it cannot be, or is missing and must not be."""
        if self.is_unknown(raw):
            return self.rule.empty()
        value = self.rule.parse(raw)
        if self.required and is_nothing(value):
            wanted = f"，如 {self.sample}" if self.sample else ""
            raise CellError(f"“{self.header}”不能空着，请填写{wanted}")
        return value

    @property
    def sample(self) -> str:
        """A cell as it should be, for messages, the page and the template's example row."""
        return self.example or self.rule.sample or next(iter(self.rule.words()), "")

    def text(self, value: Any) -> Out:
        """The cell of a value."""
        return self.unknown if is_nothing(value) else self.rule.text(value)

    def shown(self, value: Any) -> str:
        """The value as a page shows it to be read, personal data masked."""
        return self.rule.page_text(self.rule.masked(value))

    @property
    def starred(self) -> str:
        """The header as the template shows it: * where the column must be there."""
        return f"{self.header}*" if self.required else self.header


@dataclass(frozen=True)
class Sheet:
    """One sheet of the ledger; `key` names the fields by which a row is found again."""

    name: str
    slug: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    note: str = ""

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Columns by the name of their value."""
        return {column.field: column for column in self.columns}

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """Columns by `header_key` of their header and its aliases; headers go first."""
        aliases = {header_key(a): column for column in self.columns for a in column.aliases}
        return aliases | {header_key(column.header): column for column in self.columns}

    @property
    def required(self) -> list[Column]:
        """The columns that may not be missing."""
        return [column for column in self.columns if column.required]

    def column(self, field: str) -> Column:
        """The column of a field. KeyError where the sheet has none."""
        return self.by_field[field]

    def match(self, header: Iterable[Cell]) -> list[Column | None]:
        """For each cell of a header row its column, or None where it is none of ours.

        A column that stands there twice is taken once, the first time.
        """
        taken: set[str] = set()
        found: list[Column | None] = []
        for cell in header:
            column = self.by_header.get(header_key(cell))
            if column and column.field in taken:
                column = None
            if column:
                taken.add(column.field)
            found.append(column)
        return found

    def find_header(self, rows: Sequence[tuple[int, Sequence[Cell]]], deep: int = 10) -> int:
        """The place in `rows` of the header: of the first ones, the one with most known headers."""
        scores = [sum(c is not None for c in self.match(cells)) for _, cells in rows[:deep]]
        return scores.index(max(scores)) if scores else 0

    def texts(self, row: Mapping[str, Any]) -> list[Out]:
        """The cells of a row of values, in the order of the columns, for export."""
        return [column.text(row.get(column.field)) for column in self.columns]

    def masked_texts(self, row: Mapping[str, Any]) -> list[Out]:
        """The cells as `texts` gives them, personal data masked: for the export of a list."""
        return [column.text(column.rule.masked(row.get(column.field))) for column in self.columns]
