"""A ledger workbook into the records: read, check, show what would happen, write in one
transaction.
"""

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from congress.sheets.columns import is_empty, is_example
from congress.sheets.load import Problem
from congress.sheets.read import UnreadableFile, read_in_child
from congress.sheets.values import parse_text
from reports.ledger import new_load
from reports.models import ImportBatch, ImportedRow

# Sheets of our own template that hold no records.
SILENT_SHEETS = {"说明", "填写说明", "词表"}


@dataclass
class Plan:
    """What a file would do: the checked load, and the columns and sheets that were left out."""

    load: object
    ignored: dict[str, list[str]] = field(default_factory=dict)
    columns: dict | None = None

    @property
    def errors(self):
        return self.load.errors

    def outcome(self):
        """The document that `import_ledger --json` prints."""
        document = self.load.summary() | {"ignored_columns": self.ignored}
        return document if self.columns is None else document | {"columns": self.columns}


def plan_ledger(path, place, user):
    """Read and check a ledger workbook; nothing is written. An unreadable file is one error of the
    plan.
    """
    plan = Plan(new_load(place, user))
    try:
        workbook = read_in_child(path)
    except UnreadableFile as refusal:
        plan.errors.append(Problem("", None, None, Path(path).name, refusal.message))
        return plan
    plan.load.findings += [Problem(**asdict(finding)) for finding in workbook.findings]
    by_name = {table.sheet.name: table for table in plan.load.tables}
    for data in workbook.sheets:
        table = by_name.get(data.name.strip())
        if table is not None:
            _read_sheet(plan, table, data)
        elif data.rows and data.name.strip() not in SILENT_SHEETS and not data.hidden:
            plan.load.findings.append(
                Problem(data.name, None, None, data.name, "不认识这张工作表，没有导入")
            )
    if not any(data.name.strip() in by_name for data in workbook.sheets):
        plan.errors.append(
            Problem(
                "",
                None,
                None,
                Path(path).name,
                "文件里没有台账的工作表；不是台账格式的表请用“导入其他表”",
            )
        )
    plan.load.plan()
    return plan


def _read_sheet(plan, table, data):
    sheet = table.sheet
    at = sheet.find_header(data.rows)
    header = data.rows[at][1] if data.rows else []
    columns = sheet.match(header)
    ignored = [
        parse_text(cell)
        for cell, column in zip(header, columns, strict=True)
        if column is None and not is_empty(cell)
    ]
    if ignored:
        plan.ignored[sheet.name] = ignored
    missing = [column.header for column in sheet.required if column not in columns]
    for name in missing if data.rows else ():
        plan.errors.append(Problem(sheet.name, data.rows[at][0], name, "", f"缺少“{name}”这一列"))
    if not missing:
        plan.load.read_rows(table, list(_cells(data.rows[at + 1 :], columns)))


def _cells(rows, columns):
    """(row number, {field: cell}) of each row; the template's example row is passed over."""
    for number, cells in rows:
        if any(is_example(cell) for cell in cells):
            continue
        yield (
            number,
            {column.field: cell for column, cell in zip(columns, cells, strict=False) if column},
        )


def commit(plan, batch):
    """Write a plan without errors and remember its rows under `batch`, all in one transaction."""
    with transaction.atomic():
        plan.load.commit()
        ImportedRow._base_manager.bulk_create(
            [ImportedRow(batch=batch, **_trace(trace)) for trace in plan.load.traces],
            batch_size=1000,
        )
        batch.state = ImportBatch.State.DONE
        batch.outcome = plan.outcome()
        batch.done_at = timezone.now()
        batch.save()


def _trace(trace):
    columns = asdict(trace)
    return columns | {"before": {key: _text(value) for key, value in columns["before"].items()}}


def _text(value):
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def new_batch(path, place, user, **fields):
    """A batch for a file on disk, not yet saved to any state but 核对中."""
    content = Path(path).read_bytes() if Path(path).is_file() else b""
    fields.setdefault("file_name", Path(path).name)
    batch = ImportBatch(
        place=place,
        made_by=user if user.pk else None,
        sha256=hashlib.sha256(content).hexdigest(),
        **fields,
    )
    batch.save()
    return batch
