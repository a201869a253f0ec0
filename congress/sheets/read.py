"""Reading any table file a clerk may have, by its content and not by its name.

`read_in_child` is the way in for files that people bring: the reading runs in a process of its
own with limits of memory and time, so that a hostile file harms nobody.
"""

import gc
import json
import os
import re
import resource
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from congress.sheets import excel, plain
from congress.sheets.grid import Finding, SheetData, UnreadableFile, Workbook

__all__ = [
    "Finding", "SheetData", "UnreadableFile", "Workbook", "read_in_child", "read_workbook",
]  # fmt: skip

LIMIT_ROWS = 100_000
MAX_FILE = 60 * 1024 * 1024
MEMORY = 2 * 1024**3
SECONDS = 120
_SMALLER = "请删去多余内容或分成几个文件导入"
_ROOT = Path(__file__).resolve().parents[2]

_OTHER_KINDS = {
    b"%PDF": "这是 PDF 文件，不是表格",
    b"\x89PNG": "这是图片，不是表格",
    b"\xff\xd8\xff": "这是图片，不是表格",
    b"GIF8": "这是图片，不是表格",
    b"BM": "这是图片，不是表格",
    b"Rar!": "这是压缩包，不是表格，请解压后选择里面的表格文件",
    b"7z\xbc\xaf": "这是压缩包，不是表格，请解压后选择里面的表格文件",
    b"\x1f\x8b": "这是压缩包，不是表格，请解压后选择里面的表格文件",
    b"MIME-Version": "这是单个文件网页（.mht），不是表格，请用 Excel 打开后另存为 .xlsx",
}
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|div|style)\b", re.IGNORECASE)


def read_workbook(
    path: str | Path, limit_rows: int = LIMIT_ROWS, name: str | None = None
) -> Workbook:
    """All sheets of a file: .xlsx .xlsm .xls .et .csv .txt, or an HTML table called .xls.

    `name` is what a file without sheet names (CSV, HTML) is called; default: the file's own name.
    UnreadableFile, in Chinese, where it cannot be read or has more rows than `limit_rows` a sheet.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise UnreadableFile("文件打不开，请检查文件是否还在") from error
    if size == 0:
        raise UnreadableFile("文件是空的")
    if size > MAX_FILE:
        raise UnreadableFile(f"文件超过 {MAX_FILE // 1024 // 1024} MB，请分成几个文件导入")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return excel.read_package(path, limit_rows)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return excel.read_compound(path, limit_rows)
    return _read_text(path, head, limit_rows, name or path.stem)


def _read_text(path: Path, head: bytes, limit_rows: int, name: str) -> Workbook:
    for mark, message in _OTHER_KINDS.items():
        if head.startswith(mark) and (len(mark) > 2 or b"\0" in head):
            raise UnreadableFile(message)
    text = plain.decode(path.read_bytes())
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        if _HTML.search(text[:20_000]):
            return plain.read_html(text, name, limit_rows)
        raise UnreadableFile("这是 XML 文件，读不了，请用 Excel 打开后另存为 .xlsx 再导入")
    return plain.read_csv(text, name, limit_rows)


def read_in_child(
    path: str | Path,
    limit_rows: int = LIMIT_ROWS,
    name: str | None = None,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Workbook:
    """`read_workbook` in a child process that may use so many bytes of memory and seconds."""
    path = Path(path).resolve()
    order = {
        "path": str(path), "limit_rows": limit_rows, "name": name or path.stem,
        "memory": memory, "seconds": seconds,
    }  # fmt: skip
    try:
        child = subprocess.run(
            [sys.executable, "-m", "congress.sheets.read"],
            input=json.dumps(order).encode(),
            capture_output=True,
            cwd=_ROOT,
            env={"PYTHONUTF8": "1", "PATH": os.environ.get("PATH", "")},
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"文件读了 {seconds} 秒还没读完，{_SMALLER}") from error
    if child.returncode:
        raise UnreadableFile(f"文件太大或结构异常，读取时超出了限制，{_SMALLER}")
    return _unpacked(json.loads(child.stdout, object_hook=_cell))


def _unpacked(answer: dict[str, Any]) -> Workbook:
    if "unreadable" in answer:
        raise UnreadableFile(answer["unreadable"])
    sheets = [
        SheetData(
            sheet["name"],
            [(number, cells) for number, cells in sheet["rows"]],
            [tuple(place) for place in sheet["merged"]],
            sheet["hidden"],
        )
        for sheet in answer["sheets"]
    ]
    return Workbook(sheets, [Finding(**finding) for finding in answer["findings"]])


def _plain_cell(value: date | time) -> dict[str, str]:
    """A date or time as JSON can carry it."""
    kind = {datetime: "datetime", date: "date", time: "time"}[type(value)]
    return {f"!{kind}": value.isoformat()}


def _cell(value: dict[str, Any]) -> Any:
    """The way back from `_plain_cell`; other objects stay."""
    for kind, maker in (("!date", date), ("!datetime", datetime), ("!time", time)):
        if kind in value:
            return maker.fromisoformat(value[kind])  # type: ignore[attr-defined]
    return value


def main() -> None:
    """The child: reads its order from stdin, answers in JSON on stdout."""
    order = json.load(sys.stdin)
    memory, seconds = order["memory"], order["seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # nothing is freed before the end; millions of cells would be walked in vain
    try:
        found = read_workbook(order["path"], order["limit_rows"], order["name"])
        answer = {"sheets": [*map(vars, found.sheets)], "findings": [*map(vars, found.findings)]}
    except UnreadableFile as error:
        answer = {"unreadable": error.message}
    sys.stdout.write(json.dumps(answer, default=_plain_cell))


if __name__ == "__main__":
    main()
