"""Rules of columns whose cells hold several values, or one of the ledger's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from congress.sheets import values
from congress.sheets.rules import Rule, Text
from congress.sheets.values import Cell, CellError, Pair, half_width, shown


@dataclass(frozen=True)
class Words(Rule):
    """Several free words in one cell, in their order, each once."""

    max_length: int = 200
    nothing: ClassVar[Any] = ()
    widget: ClassVar[str] = "lines"
    hint: ClassVar[str] = "每行写一个"
    width: ClassVar[int] = 24

    def empty(self) -> list[Any]:
        return list(self.default or ())

    def read(self, raw: Cell) -> list[Any]:
        found = dict.fromkeys(self.split(raw))
        for word in found:
            Text(self.max_length).fit(word)
        return list(found)

    def split(self, raw: Cell) -> list[str]:
        """The parts of the cell."""
        return values.parse_several(raw)

    def write(self, value: Iterable[Any]) -> str:
        return values.several_text(value)

    def page_text(self, value: Any) -> str:
        return values.several_text(value or (), "\n")

    def equal(self, one: Any, other: Any) -> bool:
        return list(one or ()) == list(other or ())


@dataclass(frozen=True)
class Names(Words):
    """Several persons in one cell, `姓名` or `姓名（备注）`; the first leads."""

    max_length: int = 50

    def split(self, raw: Cell) -> list[str]:
        return values.parse_names(raw)


@dataclass(frozen=True)
class Pairs(Words):
    """Several counted things in one cell, `名称:数量单位`, as a list of `Pair`."""

    max_length: int = 50
    hint: ClassVar[str] = "每行写一项，如 插秧机:3台"

    def read(self, raw: Cell) -> list[Pair]:
        found = values.parse_pairs(raw)
        for pair in found:
            Text(self.max_length).fit(pair.name + pair.unit)
        return found

    def write(self, value: Iterable[Any]) -> str:
        return values.pairs_text(value)

    def page_text(self, value: Any) -> str:
        return values.pairs_text(value or (), "\n")

    def equal(self, one: Any, other: Any) -> bool:
        return [tuple(pair) for pair in one or ()] == [tuple(pair) for pair in other or ()]


@dataclass(frozen=True)
class Choice(Rule):
    """One of the ledger's words; aliases and full-width or small letters are understood."""

    choices: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)
    nothing: ClassVar[Any] = ""
    widget: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        choices = tuple(map(str, self.choices))
        known = {_key(alias): str(word) for alias, word in self.aliases.items()}
        known |= {_key(word): word for word in choices}
        object.__setattr__(self, "choices", choices)
        object.__setattr__(self, "_known", known)

    def read(self, raw: Cell) -> Any:
        return self.word(values.parse_text(raw))

    def word(self, text: str) -> str:
        """The ledger's word for what was written."""
        word = self._known.get(_key(text))  # type: ignore[attr-defined]
        if word is None:
            raise CellError(f"“{shown(text)}”不在可选的词里，要写成 {_or(self.choices)}")
        return word

    def write(self, value: Any) -> str:
        return str(value)

    def words(self) -> list[str]:
        return list(self.choices)


def _key(text: str) -> str:
    return half_width(str(text)).replace(" ", "").upper()


def _or(words: tuple[str, ...]) -> str:
    return " 或 ".join(filter(None, ["、".join(words[:-1]), words[-1]]))


@dataclass(frozen=True)
class SeveralChoices(Choice):
    """Several of the ledger's words in one cell, each once."""

    nothing: ClassVar[Any] = ()
    widget: ClassVar[str] = "checks"
    width: ClassVar[int] = 24

    def empty(self) -> list[str]:
        return list(self.default or ())

    def read(self, raw: Cell) -> list[str]:
        return list(dict.fromkeys(self.word(part) for part in values.parse_several(raw)))

    def write(self, value: Iterable[str]) -> str:
        return values.several_text(map(str, value))

    def equal(self, one: Any, other: Any) -> bool:
        return list(one or ()) == list(other or ())
