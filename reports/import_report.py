"""The outcome of an import in words, for the person at the console."""

import re
from collections.abc import Iterator, Mapping

SHOWN = 50  # errors printed; --json gives all
PLACES = 5  # rows named for findings of one kind
COUNTS = {"created": "新增", "updated": "更新", "unchanged": "不变"}
_PARTICULARS = re.compile(r"“[^”]*”|\d[\d-]*")


def report(document: Mapping, *, written: bool) -> str:
    """The outcome document as lines of Chinese; `written`: whether it was saved."""
    lines = [*_counts(document), *_columns(document), *_errors(document), *_findings(document)]
    if document["errors"]:
        lines.append("有错误，什么都没有导入；请改好后重新导入。")
    else:
        lines.append("已导入。" if written else "以上是核对结果，还没有导入。")
    return "\n".join(lines)


def _counts(document: Mapping) -> Iterator[str]:
    for sheet in document["created"]:
        parts = [f"{word}{document[key].get(sheet, 0)}条" for key, word in COUNTS.items()]
        yield f"{sheet}：{'，'.join(parts)}"


def _columns(document: Mapping) -> Iterator[str]:
    if document.get("columns"):
        yield "各列对应："
        for header, field in document["columns"].items():
            yield f"  {header} → {field or '（不导入）'}"
    else:
        for sheet, headers in document["ignored_columns"].items():
            yield f"{sheet}里不认识的列（没有导入）：{'、'.join(headers)}"


def _errors(document: Mapping) -> Iterator[str]:
    errors = document["errors"]
    if errors:
        yield f"错误{len(errors)}处："
    yield from (f"  {_where(problem)}{problem['message']}" for problem in errors[:SHOWN])
    if len(errors) > SHOWN:
        yield f"  ……还有{len(errors) - SHOWN}处，加 --json 可看全部"


def _findings(document: Mapping) -> Iterator[str]:
    """Findings of one kind together."""
    findings, kinds = document["findings"], {}
    for problem in findings:
        kinds.setdefault(_PARTICULARS.sub("…", problem["message"]), []).append(problem)
    if findings:
        yield f"提示{len(findings)}处："
    for same in kinds.values():
        yield f"  {_where(same[0])}{same[0]['message']}" + _others(same)


def _others(same: list[Mapping]) -> str:
    if len(same) == 1:
        return ""
    rows = [f"第{problem['row']}行" for problem in same[1 : PLACES + 1] if problem["row"]]
    named = f"：{'、'.join(rows)}{'……' if len(same) > PLACES + 1 else ''}" if rows else ""
    return f"（同类共{len(same)}处{named}）"


def _where(problem: Mapping) -> str:
    row = f"第{problem['row']}行" if problem["row"] else ""
    column = f"“{problem['column']}”" if problem["column"] else ""
    place = f"{problem['sheet']}{row}{column}"
    return f"{place}：" if place else ""
