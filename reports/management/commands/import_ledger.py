"""import_ledger FILE --township CODE: the ledger workbook of a township into the records."""

from congress.scoping import OPERATOR
from reports.import_command import ImportCommand
from reports.importing import plan_ledger


class Command(ImportCommand):
    help = "导入台账工作簿"

    def plan(self, place, options):
        return plan_ledger(options["file"], place, OPERATOR)
