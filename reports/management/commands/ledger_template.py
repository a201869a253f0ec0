"""ledger_template FILE: the empty ledger workbook."""

from congress.scoping import OPERATOR
from reports.export_command import ExportCommand
from reports.exporting import export_template
from reports.import_places import DIGITS, place_for


class Command(ExportCommand):
    help = "写出空白的台账工作簿"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--township", metavar="CODE", help="按这个乡镇的词表给出可选的词")

    def write(self, path, options):
        code = options["township"]
        export_template(path, place_for(code, DIGITS)[0] if code else None, OPERATOR)
