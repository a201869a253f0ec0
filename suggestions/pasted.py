"""A block pasted from WPS (cells parted by tabs) or from WeChat (lines of a chat, a 接龙) read as
rows of suggestions. Nothing is judged here: the form of a sheet says what is wrong with a row.
"""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

from congress.sheets.columns import header_key
from congress.sheets.values import half_width

FILE = Path(__file__).parent / "data" / "pasted.toml"
MOST = 150  # rows of one block
FIELDS = ("lead", "cosigners", "title", "body", "villages", "category", "phone", "raised_on")
_NUMBER = re.compile(
    r"^\s*(?:[（(]\s*\d{1,3}\s*[)）]|\d{1,3}\s*[.、．:：)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
_WHO = re.compile(
    r"^(?P<who>[\u4e00-\u9fff·（）()、，,；;\s]{2,60}?)(?:代表)?\s*[：:]\s*(?P<text>.*)$", re.S
)
_HEAD = re.compile(r"^(?P<head>[^：:]{1,16})[：:]\s*(?P<text>.*)$")
_BLANK = re.compile(r"^(?P<who>[\u4e00-\u9fff·]{2,15}?)(?:代表)?[ \u3000]+(?P<text>\S.*)$", re.S)
_CHAT = re.compile(
    r"^(?P<who>\S{2,20})\s+(?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s*)?"
    r"(?:(?:上午|下午|晚上|昨天|星期.)\s*)*\d{1,2}:\d{2}(?::\d{2})?$"
)
_TITLE = re.compile(
    r"^(?P<title>.{2,190}?的(?:建议|意见|批评|议案))(?=$|[，,。；;：:\s])[，,。；;：:\s]*(?P<body>.*)$",
    re.S,
)
_SENTENCE = re.compile(r"^(?P<title>[^。；;\n]{2,190})[。；;\n]*(?P<body>.*)$", re.S)
_AT_END = re.compile(r"[（(](?P<who>[\u4e00-\u9fff·、，\s]{2,30})[)）]\s*[。.]?$")
_SEVERAL = re.compile(r"[、，,；;\s]+")
_NAME = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+)(?:（.{1,12}）)?$")
_ASKS = re.compile(r"^(?:关于|建议|反映|请求|要求|希望|询问|恳请)")


@cache
def _words():
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    headers = {header_key(w): field for field, words in data["headers"].items() for w in words}
    headers |= {header_key(word): "" for word in data["chat"]["headings"]}
    return headers, re.compile("|".join(data["chat"]["skip"]))


def rows_of(text):
    """[{field: text}] of a pasted block, at most MOST of them; fields of FIELDS, each there."""
    text = text.replace("\r\n", "\n").replace("\u200b", "").strip("\n")
    found = _of_table(text) if "\t" in text else _of_form(text) or _of_lines(text)
    return [{field: row.get(field, "") for field in FIELDS} for row in found[:MOST]]


def _of_table(text):
    """Cells as WPS and Excel copy them: a cell with a line break stands in quotes."""
    lines = list(csv.reader(text.splitlines(keepends=True), delimiter="\t"))
    cells = [[cell.strip() for cell in line] for line in lines]
    cells = [line for line in cells if any(line)]
    if not cells:
        return []
    columns, rest = _header(cells)
    rows = [dict(_fields(columns, line)) for line in rest]
    return [row for row in rows if row.get("title") or row.get("lead") or row.get("body")]


def _header(cells):
    """({field: column}, the rows below): by the header, else by what the cells look like."""
    headers, _ = _words()
    for number, line in enumerate(cells[:5]):
        found = {}
        for column, cell in enumerate(line):
            field = headers.get(header_key(cell))
            if field and field not in found:
                found[field] = column
        if "title" in found or len(found) > 1:
            return found, cells[number + 1 :]
    return _guessed(cells), cells


def _guessed(cells):
    """{field: column} where no header is: who is short, the title speaks of 关于 or 建议, the body
    is what is longest of the rest.
    """
    width = max(map(len, cells))
    columns = [[line[n] if n < len(line) else "" for line in cells] for n in range(width)]
    found = {}
    title = max(range(width), key=lambda n: sum(map(_like_title, columns[n])))
    if any(map(_like_title, columns[title])):
        found["title"] = title
    people = [
        n for n in range(width) if n != found.get("title") and _share(columns[n], _is_names) > 0.5
    ]
    found |= dict(zip(("lead", "cosigners"), people, strict=False))
    left = [n for n in range(width) if n not in found.values()]
    longest = max(left, key=lambda n: sum(map(len, columns[n])), default=None)
    if longest is not None and _share(columns[longest], lambda cell: len(cell) > 8) > 0.3:
        found["body" if "title" in found else "title"] = longest
    return found


def _like_title(cell):
    return bool(_ASKS.match(cell) or re.search(r"的(?:建议|意见|批评|议案)$", cell))


def _is_names(cell):
    names = [name for name in _SEVERAL.split(cell) if name]
    return bool(names) and all(_NAME.match(name) and not _ASKS.match(name) for name in names)


def _share(cells, test):
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _fields(columns, line):
    for field, column in columns.items():
        value = line[column] if column < len(line) else ""
        if field == "lead" and _is_names(value):
            yield from _people(value, "cosigners" in columns)
        else:
            yield field, value


def _people(text, leads_only=False):
    """The first leads, the others co-sign."""
    names = [name.removesuffix("代表") or name for name in _SEVERAL.split(text.strip()) if name]
    yield "lead", names[0] if names else ""
    if not leads_only and len(names) > 1:
        yield "cosigners", "；".join(names[1:])


def _of_form(text):
    """Lines with the heads of a form, `领衔代表：王芳` and `案由：……`; the first comes again at
    each sheet. [] where one of the two is not there.
    """
    rows, first, last = [], "", "body"
    for line in filter(None, map(str.strip, text.split("\n"))):
        found = _HEAD.match(_NUMBER.sub("", line))
        field = found and _words()[0].get(header_key(found["head"]))
        first = first or field
        if field and field == first:
            rows.append({})
        if field and field not in rows[-1]:
            last, rows[-1][field] = field, found["text"]
        elif rows:
            last = "body" if rows[-1].get(last) else last
            rows[-1][last] = "\n".join(filter(None, [rows[-1].get(last, ""), line]))
    whole = all(any(field in row for row in rows) for field in ("lead", "title"))
    return [dict(_fields({f: n for n, f in enumerate(r)}, [*r.values()])) for r in rows if whole]


def _of_lines(text):
    """Lines of a chat: `王芳：关于……的建议，……`, numbered or not; what follows belongs to it. A
    line with who and a colon alone, as WeChat copies a message, says who wrote the next.
    """
    rows, speaker = [], ""
    _, skip = _words()
    for line in map(str.strip, text.split("\n")):
        if not line or skip.match(line):
            continue
        chat = _CHAT.match(half_width(line))
        if chat:
            speaker = chat["who"]
            continue
        bare = _NUMBER.sub("", line)
        said = _said(bare)
        if said and not said["text"]:
            speaker = said["who"]
        elif bare != line or said or speaker or not rows:
            rows.append(_row(bare, speaker))
            speaker = ""
        else:
            rows[-1]["body"] = "\n".join(filter(None, [rows[-1].get("body", ""), line]))
    return rows


def _said(text):
    """Who says a line and what, where it begins so; a heading such as 建议内容： is nobody. After a
    blank instead of a colon, as 接龙 has it, only what asks for something is somebody's words.
    """
    found = _WHO.match(text)
    if not found:
        found = _BLANK.match(text)
        found = found if found and _like_title(found["text"].partition("，")[0]) else None
    named = found and _is_names(found["who"].strip())
    return found if named and header_key(found["who"]) not in _words()[0] else None


def _row(text, speaker):
    """One row: who, then the title, then the rest."""
    row = dict(_people(speaker)) if speaker else {}
    if found := _said(text):
        row |= dict(_people(found["who"]))
        text = found["text"].strip()
    elif at_end := _AT_END.search(text):
        row |= dict(_people(at_end["who"]))
        text = text[: at_end.start()]
    parts = _TITLE.match(text) or _SENTENCE.match(text)
    if parts is None:
        return row | {"body": text}
    return row | {"title": parts["title"].strip(), "body": parts["body"].strip()}
