"""What an outline consists of once it is read: sections, paragraphs, points, sentences and their
parts."""

from dataclasses import dataclass, field


class OutlineError(ValueError):
    """A fault in an outline, told to its writer in Chinese: file, line and what is wrong."""

    def __init__(self, file, line, message):
        super().__init__(f"{file} 第{line}行：{message}")
        self.file, self.line, self.message = file, line, message


@dataclass(frozen=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True)
class Word:
    """A word that the draft fills in and that is no figure, such as the place's name."""

    name: str


@dataclass(frozen=True)
class Person:
    """What only a person can write; `text` says what is asked for."""

    text: str


@dataclass(frozen=True)
class Placeholder:
    """A figure asked for: key, filters ((name, (value, …)), …), its writing, and of a breakdown
    which share."""

    key: str
    filters: tuple = ()
    writing: str = "实数"
    share: str = ""
    dimension: str = ""
    limit: int = 0


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that leaves itself out; one member, or several as a list (列举,
    大者先)."""

    members: tuple
    style: str = ""


@dataclass(frozen=True)
class Sentence:
    """One line: its nodes, the name of its own period or "", whether it must stay, and its line in
    the file."""

    nodes: tuple
    period: str = ""
    required: bool = False
    line: int = 0

    def placeholders(self):
        """Every figure that the sentence asks for, those inside clauses too."""
        return placeholders(self.nodes)


@dataclass
class Point:
    """Sentences that stay or go together; a numbered one begins with 一是."""

    numbered: bool = False
    sentences: list = field(default_factory=list)


@dataclass
class Paragraph:
    """Points in one paragraph; `chained`: the numbering runs on from the paragraph before."""

    points: list = field(default_factory=list)
    chained: bool = False


@dataclass
class Section:
    """A heading (level 0: the opening, which has none) and its paragraphs."""

    level: int = 0
    heading: tuple = ()
    paragraphs: list = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """A read outline; title, subtitle, signature and headings are nodes without figures, levels
    the patterns of numbers."""

    key: str
    name: str
    title: tuple
    subtitle: tuple
    signature: tuple
    levels: tuple
    sections: tuple

    def sentences(self):
        """All sentences in order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                for point in paragraph.points:
                    yield from point.sentences


def placeholders(nodes):
    """Every figure that the nodes ask for, those inside clauses too."""
    for node in nodes:
        if isinstance(node, Placeholder):
            yield node
        elif isinstance(node, Clause):
            for member in node.members:
                yield from placeholders(member)
