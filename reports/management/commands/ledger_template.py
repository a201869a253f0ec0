"""ledger_template FILE: the empty ledger workbook."""

from django.core.management.base import BaseCommand, CommandError

from congress.scoping import OPERATOR
from reports.exporting import export_template
from reports.import_command import DIGITS
from reports.import_places import UnknownPlace, place_for


class Command(BaseCommand):
    help = "写出空白的台账工作簿"

    def add_arguments(self, parser):
        parser.add_argument("file", help="要写的文件，如 台账模板.xlsx")
        parser.add_argument("--township", metavar="CODE", help="按这个乡镇的词表给出可选的词")

    def handle(self, *args, **options):
        path, code = options["file"], options["township"]
        try:
            place = place_for(code, DIGITS)[0] if code else None
            export_template(path, place, OPERATOR)
        except UnknownPlace as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as failure:
            raise CommandError(f"写不了文件 {path}：{failure.strerror}") from None
        self.stdout.write(f"已写出 {path}")
