"""What the commands that write a workbook share."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from congress.sheets.columns import CellError
from reports.import_places import UnknownPlace


class ExportCommand(BaseCommand):
    """Writes one file; what stands in the way is one Chinese sentence."""

    def add_arguments(self, parser):
        parser.add_argument("file", help="要写的文件，如 台账.xlsx")

    def write(self, path, options):
        """Write the file at the path."""
        raise NotImplementedError

    def handle(self, *args, **options):
        path = Path(options["file"])
        try:
            path.open("ab").close()
            self.write(path, options)
        except OSError as failure:
            raise CommandError(f"写不了文件 {path}：{failure.strerror}") from None
        except (UnknownPlace, CellError) as refusal:
            if path.stat().st_size == 0:
                path.unlink()
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已写出 {path}")
