"""The records of a place as a ledger workbook, and the empty template."""

from congress.models import Word
from congress.scoping import codes_above
from congress.sheets.write import write_template, write_workbook
from reports.ledger import SHEETS, TABLES


def export_ledger(path, place, user):
    """Write all that `user` may see of a township as the ledger; into an empty system it gives the
    same figures.
    """
    write_workbook(path, [(table.sheet, _rows(table(), place, user)) for table in TABLES])


def _rows(table, place, user):
    """The rows in the order in which they were entered: lists of one day's events keep theirs."""
    read = getattr(table, "exported", table.read)
    return [values for _, values in read(table.records(user, place).order_by("pk"))]


def export_template(path, place=None, user=None):
    """Write the empty ledger: drop-down lists, notes on columns, one example row a sheet."""
    words = {}
    if place is not None:
        codes = [*codes_above(place.code), place.code]
        listed = Word.objects.visible_to(user).filter(retired_on=None, place__code__in=codes)
        words = {"类别": [word.text for word in listed if word.kind == Word.Kind.CATEGORY]}
    write_template(path, SHEETS, words)
