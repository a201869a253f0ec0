"""The findings of imports as a work list: what was odd in a row and imported all the same."""

from collections import defaultdict

from django.urls import reverse

from reports.ledger import SHEETS, TABLES
from reports.models import Finding, ImportBatch, ImportedRow

LONGEST = {"sheet": 60, "column": 60, "found": 200}
_SLUGS = {sheet.name: sheet.slug for sheet in SHEETS}
_KINDS = {table.sheet.name: table.model._meta.label for table in TABLES}


def note_findings(batch, problems):
    """Keep what a load found for somebody to look at; what an earlier import of the place said in
    the same words is not said again. Two queries and one for each thousand.
    """
    known = _known(batch.place)
    fresh = {}
    for problem in problems:
        row = _row(problem)
        if _words(row) not in known:
            fresh.setdefault((row["row"], *_words(row)), Finding(batch=batch, **row))
    Finding._base_manager.bulk_create(fresh.values(), batch_size=1000)


def _row(problem):
    texts = {name: getattr(problem, name) or "" for name in LONGEST}
    cut = {name: str(text)[: LONGEST[name]] for name, text in texts.items()}
    return cut | {"row": problem.row, "message": problem.message}


def _words(row):
    return row["sheet"], row["column"], row["found"], row["message"]


def _known(place):
    rows = Finding._base_manager.filter(batch__place=place, batch__state=ImportBatch.State.DONE)
    return set(rows.values_list("sheet", "column", "found", "message"))


def findings(user):
    """The findings of imports that stand, which this user may see."""
    rows = Finding.objects.visible_to(user).filter(batch__state=ImportBatch.State.DONE)
    return rows.select_related("batch", "batch__place", "done_by")


def tick(user, keys, now):
    """Mark findings as looked at by `user`, or (`now` None) as open again; how many changed."""
    rows = findings(user).filter(pk__in=keys, done_at__isnull=now is not None)
    return rows.update(done_at=now, done_by=user.pk if now else None)


def with_links(user, page):
    """[(finding, address of the record that its row became, or "")]: one query for a page."""
    wanted, rows = list(page), defaultdict(str)
    imported = ImportedRow.objects.visible_to(user).filter(
        batch__in={each.batch_id for each in wanted},
        sheet__in={each.sheet for each in wanted},
        row__in={each.row for each in wanted if each.row},
    )
    for row in imported:
        if row.model == _KINDS.get(row.sheet):
            kwargs = {"sheet": _SLUGS[row.sheet], "pk": row.record_pk}
            rows[row.batch_id, row.sheet, row.row] = reverse("record", kwargs=kwargs)
    return [(each, rows[each.batch_id, each.sheet, each.row]) for each in wanted]
