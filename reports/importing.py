"""A ledger workbook into the records: read, check, show what would happen, write in one
transaction.
"""

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from congress import audit, statistics
from congress.sheets.layout import lay_out
from congress.sheets.load import Problem
from congress.sheets.read import UnreadableFile, read_in_child
from reports.findings import note_findings
from reports.ledger import new_load
from reports.models import ImportBatch, ImportedRow

# Sheets of our own template that hold no records.
NO_LEDGER = "文件里没有台账的工作表；不是台账格式的表，请按“其他表”导入"
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


def plan_ledger(path, place, user, name=None):
    """Read and check a ledger workbook; nothing is written. An unreadable file is one error of the
    plan. `name`: what the person calls the file; default: its name on the disk.
    """
    plan, name = Plan(new_load(place, user)), name or Path(path).name
    try:
        workbook = read_in_child(path, name=Path(name).stem)
    except UnreadableFile as refusal:
        plan.errors.append(Problem("", None, None, name, refusal.message))
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
        plan.errors.append(Problem("", None, None, name, NO_LEDGER))
    plan.load.plan()
    return plan


def _read_sheet(plan, table, data):
    laid = lay_out(table.sheet, data)
    if laid.ignored:
        plan.ignored[table.sheet.name] = laid.ignored
    for column in laid.missing if data.rows else ():
        message = f"缺少“{column.header}”这一列"
        plan.errors.append(Problem(table.sheet.name, laid.header_row, column.header, "", message))
    if laid.missing:
        plan.load.unread.add(table.provides)
    else:
        plan.load.read_rows(table, laid.rows)


def commit(plan, batch):
    """Write a plan without errors and remember its rows under `batch`, all in one transaction.
    StaleRecord: a record that it changes was saved by somebody else meanwhile.
    """
    with transaction.atomic(), audit.acting(batch.made_by):
        plan.load.commit()
        ImportedRow._base_manager.bulk_create(
            [ImportedRow(batch=batch, **_trace(trace)) for trace in plan.load.traces],
            batch_size=1000,
        )
        batch.state = ImportBatch.State.DONE
        batch.outcome = plan.outcome()
        batch.done_at = timezone.now()
        batch.save(update_fields=["state", "outcome", "done_at"])
        note_findings(batch, plan.load.findings)
        detail = {"文件": batch.file_name, "行数": len(plan.load.traces)}
        audit.note("import", batch, before=batch, detail=detail)
        statistics.refresh({trace.model for trace in plan.load.traces})


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
