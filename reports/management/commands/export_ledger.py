"""export_ledger --township CODE FILE: all records of a township as the ledger workbook."""

from congress.scoping import OPERATOR
from reports.export_command import ExportCommand
from reports.exporting import export_ledger
from reports.import_places import DIGITS, UnknownPlace, place_for


class Command(ExportCommand):
    help = "把一个乡镇的全部记录导出为台账工作簿"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--township", required=True, metavar="CODE", help="乡镇的行政区划代码")

    def write(self, path, options):
        place, missing = place_for(options["township"], DIGITS)
        if missing:
            raise UnknownPlace(f"没有代码为 {place.code} 的地方")
        export_ledger(path, place, OPERATOR)
