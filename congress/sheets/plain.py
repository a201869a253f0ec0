"""Reading tables that are plain text: CSV in the encodings of our offices, and HTML called .xls."""

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from congress.sheets import grid
from congress.sheets.grid import SheetData, UnreadableFile, Workbook
from congress.sheets.values import CELL_LENGTH

MAX_SPAN = 1_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "cp936", "x-gbk", "gb18030"}
_BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_DELIMITERS = ",\t;"


def decode(content: bytes) -> str:
    """The text of a file: by its mark, else as UTF-8, else as GB18030. UnreadableFile: no text."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [name for mark, name in marks.items() if content.startswith(mark)]
    for encoding in marked or [*_declared(content), "utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _BINARY.search(text):
            return text
    raise UnreadableFile("文件不是表格，或文字编码认不出来，请另存为 .xlsx 再导入")


def _declared(content: bytes) -> list[str]:
    """The encoding that an HTML page says it has."""
    head = content[:2048]
    match = _CHARSET.search(head) if b"<" in head else None
    if not match:
        return []
    name = match[1].decode("ascii").lower()
    return ["gb18030" if name in _CHINESE else name]


def read_csv(text: str, name: str, limit_rows: int) -> Workbook:
    """A table whose cells are parted by commas, tabs or semicolons."""
    csv.field_size_limit(CELL_LENGTH * 4)
    text = text.replace("\x1a", "")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = grid.kept_rows(name, lines, limit_rows)
    except csv.Error as error:
        message = f"第 {lines.line_num} 行的引号或内容有错误，请用 Excel 打开后另存为 .xlsx 再导入"
        raise UnreadableFile(message) from error
    return Workbook([SheetData(name, _square(rows))])


def _square(rows: grid.Rows) -> grid.Rows:
    """Rows of one length."""
    width = max((len(cells) for _, cells in rows), default=0)
    return [(number, cells + [None] * (width - len(cells))) for number, cells in rows]


def _delimiter(text: str) -> str:
    """The sign that parts the first lines into the most cells; a comma where none does."""
    head = text[:20_000]

    def cells(sign: str) -> int:
        lines = csv.reader(io.StringIO(head, newline=""), delimiter=sign)
        return sum(len(line) - 1 for line, _ in zip(lines, range(10), strict=False) if line)

    return max(_DELIMITERS, key=cells)


def read_html(text: str, name: str, limit_rows: int) -> Workbook:
    """The tables of a web page that calls itself .xls, each as one sheet."""
    page = _Tables(limit_rows)
    page.feed(text)
    page.close()
    page.end_all()
    found = [table for table in page.done if table.cells]
    if not found:
        raise UnreadableFile("这是网页文件，里面没有表格，请用 Excel 打开后另存为 .xlsx 再导入")
    names = [name] if len(found) == 1 else [f"{name}{n}" for n in range(1, len(found) + 1)]
    pairs = zip(names, found, strict=True)
    return Workbook([_sheet(title, table, limit_rows) for title, table in pairs])


def _sheet(name: str, table: "_Table", limit_rows: int) -> SheetData:
    return SheetData(name, _square(grid.kept_rows(name, table.lines(), limit_rows)), table.merged)


class _Table:
    """One table of a page while it is read: cells by place, spans kept free."""

    def __init__(self) -> None:
        self.cells: dict[int, dict[int, str]] = {}
        self.taken: dict[int, int] = {}  # column → row up to which a span from above fills it
        self.merged: list[tuple[int, int, int, int]] = []
        self.row = self.column = 0
        self.words: list[str] | None = None

    def next_row(self) -> None:
        self.end_cell()
        self.row += 1
        self.column = 0

    def begin_cell(self, across: int, down: int) -> None:
        """A cell at the next free place of the row."""
        self.end_cell()
        self.row = self.row or 1
        while self.taken.get(self.column, 0) >= self.row:
            self.column += 1
        self.words = []
        last_row, last_column = self.row + down - 1, self.column + across - 1
        if across > 1 or down > 1:
            self.merged.append((self.row, self.column, last_row, last_column))
        if down > 1:
            self.taken |= dict.fromkeys(range(self.column, last_column + 1), last_row)
        self.place = (self.column, last_column + 1)

    def end_cell(self) -> None:
        if self.words is not None:
            column, self.column = self.place
            self.cells.setdefault(self.row, {})[column] = _lines_of("".join(self.words))
            self.words = None

    def lines(self) -> Iterator[list[str | None]]:
        """All rows from the first on, empty ones too."""
        for row in range(1, max(self.cells, default=0) + 1):
            cells = self.cells.get(row, {})
            yield [cells.get(column) for column in range(max(cells, default=-1) + 1)]


def _lines_of(text: str) -> str:
    """Text of a cell as a browser shows it: blanks are one, a line break is one."""
    return "\n".join(" ".join(line.split()) for line in text.split("\x00")).strip()


class _Tables(HTMLParser):
    """Collects the tables of a page; a table within a table stands for itself."""

    def __init__(self, limit_rows: int) -> None:
        super().__init__(convert_charrefs=True)
        self.limit_rows = limit_rows
        self.open: list[_Table] = []
        self.done: list[_Table] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self.open.append(_Table())
            self.done.append(self.open[-1])
        elif self.open:
            self._inside(self.open[-1], tag, dict(attrs))

    def _inside(self, table: _Table, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            table.next_row()
            if table.row > self.limit_rows * 2 + 100:
                raise grid.too_many_rows("表格", self.limit_rows)
        elif tag in ("td", "th"):
            table.begin_cell(_span(attributes.get("colspan")), _span(attributes.get("rowspan")))
        elif tag in ("br", "p", "div") and table.words:
            table.words.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif self.open and tag in ("td", "th"):
            self.open[-1].end_cell()
        elif self.open and tag == "table":
            self.open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].words is not None and not self.silent:
            self.open[-1].words.append(data)

    def end_all(self) -> None:
        """Close what the page left open."""
        for table in self.open:
            table.end_cell()


def _span(written: str | None) -> int:
    written = (written or "1").strip()
    return min(max(int(written), 1), MAX_SPAN) if written.isascii() and written.isdigit() else 1
