"""Outlines: the written half of a summary, as data; `outlines/*.toml`, one file an outline.

A file gives name, title, subtitle, signature, levels (patterns of the headings' numbers) and, as
text, the whole summary:
- `# 标题` and `## 标题` are headings of level one and two, numbered by their order;
- a blank line ends a paragraph; every other line is one sentence;
- `- ` begins a paragraph that is a point (一是), `+ ` a point inside the running paragraph;
- `〔今年以来，必写〕` before a sentence gives it a period of its own, or keeps it when its numbers
  are nothing;
- `{指标|筛选=值、值，写法=余}` is a number, `{地方}` a word, `【此处请…】` what only a person can
  write;
- `[…]` is a clause that leaves itself out like a sentence;
- `[列举：甲{…}件；乙{…}件]` is a list of those that are not nothing, `[大者先：…；…]` the same with
  the largest first and 其他 last;
- `{指标|名目=领域，至多=3}`, 首项, 分列 and 最多 speak of a breakdown, the largest first;
- a value that holds a comma or 、 stands in 「」.
The words of 筛选, 写法 and breakdowns are those of `data/outline_words.toml`. A paragraph or point
whose sentences with numbers have all left themselves out goes as a whole.
"""

import re
import tomllib
from pathlib import Path

from reports.outline_syntax import FigureNames, Reader, SectionReader
from reports.outline_tree import Outline, OutlineError

OUTLINES = Path(__file__).parent / "outlines"
DEFAULT = "congress-term"
REQUIRED = ("name", "title", "signature", "levels", "text")


def outline_keys():
    """Keys of all outlines, in order of their file names."""
    return sorted(path.stem for path in OUTLINES.glob("*.toml"))


def outline_choices():
    """(key, Chinese name) of all outlines, for a select box."""
    return [(key, tomllib.loads(_source(key))["name"]) for key in outline_keys()]


def load_outline(key, figures):
    """Read and check one outline. `figures`: objects with key, name, unit. OutlineError names
    file, line and fault."""
    if key not in outline_keys():
        raise OutlineError(f"{key}.toml", 0, f"没有这个提纲，现有：{'、'.join(outline_keys())}")
    return parse_outline(key, _source(key), figures)


def _source(key):
    return (OUTLINES / f"{key}.toml").read_text(encoding="utf-8")


def parse_outline(key, source, figures):
    """The outline written in `source` (TOML); OutlineError where a name or a mark is wrong."""
    file = f"{key}.toml"
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise OutlineError(file, int(found[1]) if found else 0, "不是正确的 TOML 文件") from error
    missing = [name for name in REQUIRED if name not in data]
    if missing:
        raise OutlineError(file, 1, f"缺少 {'、'.join(missing)}")
    plain = [
        _plain(data.get(name, ""), file, source, name)
        for name in ("title", "subtitle", "signature")
    ]
    sections = SectionReader(file, FigureNames(figures)).read(
        data["text"], _line_of(source, "text") + 1
    )
    return Outline(key, data["name"], *plain, tuple(data["levels"]), sections)


def _plain(text, file, source, name):
    try:
        return Reader(text, None).read()
    except ValueError as error:
        raise OutlineError(file, _line_of(source, name), str(error)) from error


def _line_of(source, name):
    """The line of the file on which a value begins."""
    found = re.search(rf"^{name}\s*=", source, re.MULTILINE)
    return source[: found.start()].count("\n") + 1 if found else 0
