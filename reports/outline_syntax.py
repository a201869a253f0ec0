"""How an outline is written down: the marks of its text, read into the tree. The marks are told in
`outline.py`."""

import difflib
import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

from congress.period import PRESETS, SPAN_NAME
from reports.outline_tree import (
    Clause,
    OutlineError,
    Paragraph,
    Person,
    Placeholder,
    Point,
    Section,
    Sentence,
    Word,
    Words,
)

VOCABULARY = Path(__file__).parent / "data" / "outline_words.toml"
HEADING = re.compile(r"(#{1,3})\s+(.+)")
POINT = re.compile(r"[-+]\s+(?P<rest>.+)")
SENTENCE = re.compile(r"(?:〔(?P<options>[^〕]*)〕)?(?P<rest>.*)")
LIST_MARK = re.compile(r"(列举|大者先)：")
OPTION = re.compile(r"(?:「[^」]*」|[^|，,「])+")
VALUE = re.compile(r"「([^」]+)」|([^、「」]+)")


@cache
def vocabulary():
    """The words that placeholders may use, from `data/outline_words.toml`."""
    return tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))


def dimensions():
    """Breakdowns by their Chinese names; every filter is one too."""
    return vocabulary()["filters"] | vocabulary()["dimensions"]


class FigureNames:
    """Figures by their Chinese names; `figures`: objects with key, name and unit."""

    def __init__(self, figures):
        self.keys, self.named = set(), defaultdict(list)
        for figure in figures:
            self.keys.add(figure.key)
            self.named[figure.name].append(figure.key)
            self.named[f"{figure.name}（{figure.unit}）"].append(figure.key)

    def find(self, name):
        """The key of the figure called so; ValueError, in Chinese, where there is none or more
        than one."""
        if name in self.keys:
            return name
        found = self.named.get(name, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"叫“{name}”的指标不止一个，请写明单位或编码：{'、'.join(found)}")
        raise ValueError(f"没有“{name}”这个指标{_hint(name, self.named)}")


def _hint(name, words):
    close = difflib.get_close_matches(name, words, n=1)
    return f"，是不是“{close[0]}”？" if close else ""


def _known(word, group, label):
    """What `word` stands for in a group of words; ValueError, in Chinese, where it is unknown."""
    if word not in group:
        raise ValueError(f"没有“{word}”这{label}{_hint(word, group)}")
    return group[word]


class Reader:
    """Reads one line of text into nodes; ValueError, in Chinese, at the first fault."""

    def __init__(self, text, names):
        self.text, self.names, self.at = text, names, 0

    def read(self):
        """All nodes of the line; `names` None: no figures are allowed in it."""
        nodes = self._nodes("")
        if self.at < len(self.text):
            raise ValueError(f"多了一个“{self.text[self.at]}”")
        return nodes

    def _nodes(self, stops):
        nodes, readers = [], {"{": self._placeholder, "[": self._clause, "【": self._person}
        while self.at < len(self.text) and self.text[self.at] not in stops + "]}】":
            reader = readers.get(self.text[self.at], lambda: self._words(stops))
            nodes.append(reader())
        return tuple(nodes)

    def _words(self, stops):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in stops + "{}[]【】":
            self.at += 1
        return Words(self.text[start : self.at])

    def _inside(self, closing):
        end = self.text.find(closing, self.at)
        if end < 0:
            raise ValueError(f"“{self.text[self.at]}”后面缺少“{closing}”")
        content, self.at = self.text[self.at + 1 : end], end + 1
        return content

    def _person(self):
        return Person(self._inside("】"))

    def _clause(self):
        mark = LIST_MARK.match(self.text, self.at + 1)
        style, members = (mark[1] if mark else ""), []
        self.at = mark.end() if mark else self.at + 1
        members.append(self._nodes("；" if style else ""))
        while self.text[self.at : self.at + 1] == "；" and style:
            self.at += 1
            members.append(self._nodes("；"))
        if self.text[self.at : self.at + 1] != "]":
            raise ValueError("“[”后面缺少“]”")
        self.at += 1
        return Clause(tuple(members), style)

    def _placeholder(self):
        name, *options = [part.strip() for part in OPTION.findall(self._inside("}"))]
        if name in vocabulary()["words"] and not options:
            return Word(name)
        if self.names is None:
            raise ValueError(f"这里不能用指标“{name}”，只能用{'、'.join(vocabulary()['words'])}")
        pairs = [option.partition("=")[::2] for option in options]
        return Placeholder(self.names.find(name), **_options(pairs))


def _options(pairs):
    """The fields of a placeholder from its pairs (名, 值)."""
    fields, filters, words = {}, [], vocabulary()
    for option, value in pairs:
        if not value:
            raise ValueError(f"“{option}”后面要写“=”和值")
        if option == "写法":
            _known(value, words["writings"], "种写法")
            fields["writing"] = value
        elif option in words["shares"]:
            fields |= {"share": option, "dimension": _known(value, dimensions(), "种分组")}
        elif option == "至多" and value.isdigit():
            fields["limit"] = int(value)
        else:
            values = tuple(a or b for a, b in VALUE.findall(value))
            filters.append((_known(option, words["filters"], "个筛选"), values))
    return fields | {"filters": tuple(sorted(filters))}


class SectionReader:
    """Reads the text of an outline line by line; OutlineError with file and line at the first
    fault."""

    def __init__(self, file, names):
        self.file, self.names = file, names
        self.sections, self.paragraph = [Section()], None

    def read(self, text, first_line):
        """The sections of `text`, whose first line stands in line `first_line` of the file."""
        for line, content in enumerate(text.splitlines(), first_line):
            try:
                self._line(content.strip(), line)
            except ValueError as error:
                raise OutlineError(self.file, line, str(error)) from error
        return tuple(self.sections)

    def _line(self, content, line):
        heading, point = HEADING.fullmatch(content), POINT.fullmatch(content)
        if heading:
            level = len(heading[1])
            self.sections.append(Section(level, Reader(heading[2], None).read()))
        if heading or not content:
            self.paragraph = None
            return
        if self.paragraph is None or content.startswith("- "):
            self.paragraph = Paragraph(chained=content.startswith("- "))
            self.sections[-1].paragraphs.append(self.paragraph)
        if point or not self.paragraph.points:
            self.paragraph.points.append(Point(numbered=bool(point)))
        self.paragraph.points[-1].sentences.append(
            self._sentence(point["rest"] if point else content, line)
        )

    def _sentence(self, content, line):
        match = SENTENCE.fullmatch(content)
        options = [word.strip() for word in (match["options"] or "").split("，") if word.strip()]
        periods = [word for word in options if word != "必写"]
        if len(periods) > 1:
            raise ValueError(f"一句只能有一个期间，这里有{'、'.join(periods)}")
        if periods and not SPAN_NAME.match(periods[0]):
            _known(
                periods[0], {name: name for name in (*PRESETS, *vocabulary()["periods"])}, "个期间"
            )
        nodes = Reader(match["rest"], self.names).read()
        return Sentence(nodes, "".join(periods), "必写" in options, line)
