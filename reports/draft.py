"""A draft: the text of a summary, block by block, with the figure behind every number."""

from dataclasses import dataclass, field

CHARACTERS_A_MINUTE = 220


@dataclass(frozen=True)
class Text:
    """Words of the outline."""

    text: str
    kind = "text"


@dataclass(frozen=True)
class PersonPart:
    """What only a person can write; `text` says what is asked for."""

    text: str
    kind = "person"


@dataclass(frozen=True)
class Number:
    """A number (or list of meetings, months, titles) as it stands in the text, and its source.

    key, name, definition, unit: of the figure; filters: {name: (value, …)} in the words of the
    ledger; period: with start, end, as_of; result: as the catalogue gave it, with value, numerator,
    denominator and rows.
    """

    text: str
    key: str
    name: str
    unit: str
    definition: str
    period: object
    result: object
    filters: dict = field(default_factory=dict)
    kind = "number"


@dataclass(frozen=True)
class Block:
    """A heading (level 1 or 2), a paragraph, or a part that only a person can write; sentences are
    tuples of runs."""

    kind: str
    sentences: tuple
    level: int = 0

    @property
    def runs(self):
        """All runs of the block in order."""
        return [run for sentence in self.sentences for run in sentence]

    @property
    def text(self):
        """The block as plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Draft:
    """A composed summary of one place and period."""

    outline_key: str
    outline_name: str
    title: str
    subtitle: str
    signature: str
    place_name: str
    period: object
    blocks: tuple

    @property
    def text(self):
        """The whole draft as plain text, a line a block."""
        return "\n".join([self.title, *(block.text for block in self.blocks)])

    @property
    def numbers(self):
        """(sentence as text, Number) for every number, in order of the text."""
        return [
            ("".join(part.text for part in sentence), run)
            for block in self.blocks
            for sentence in block.sentences
            for run in sentence
            if run.kind == "number"
        ]

    @property
    def minutes(self):
        """How long it takes to read aloud, at 220 characters a minute, rounded up."""
        return -(-sum(len(block.text) for block in self.blocks) // CHARACTERS_A_MINUTE)
