"""export_ledger --township CODE FILE: all records of a township as the ledger workbook."""

from django.core.management.base import BaseCommand, CommandError

from congress.scoping import OPERATOR
from congress.sheets.columns import CellError
from reports.exporting import export_ledger
from reports.import_command import DIGITS
from reports.import_places import UnknownPlace, place_for


class Command(BaseCommand):
    help = "把一个乡镇的全部记录导出为台账工作簿"

    def add_arguments(self, parser):
        parser.add_argument("file", help="要写的文件，如 台账.xlsx")
        parser.add_argument("--township", required=True, metavar="CODE", help="乡镇的行政区划代码")

    def handle(self, *args, **options):
        path, code = options["file"], options["township"]
        try:
            place, missing = place_for(code, DIGITS)
            if missing:
                raise UnknownPlace(f"没有代码为 {code} 的地方")
            export_ledger(path, place, OPERATOR)
        except (UnknownPlace, CellError) as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as failure:
            raise CommandError(f"写不了文件 {path}：{failure.strerror}") from None
        self.stdout.write(f"已导出 {path}")
