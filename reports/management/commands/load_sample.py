"""`manage.py load_sample`: the sample county and its users. Called by ./run at its first start."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from congress.sample_users import ensure_sample_users
from reports.sample_county import is_empty, is_loaded, link_people, load_county
from reports.sample_lives import play_lives

NOT_EMPTY = 3  # exit code that ./run knows: the database was left alone


class Command(BaseCommand):
    """Prints one line a workbook on stderr; a second time it loads nothing."""

    help = "载入示例县（会昌县三个乡镇，人和事都是编的）"

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="数据库里已有别的数据时不载入，退出码为 3"
        )

    def handle(self, *args, if_empty, **options):
        loaded = is_loaded()
        if if_empty and not loaded and not is_empty():
            self.stderr.write("数据库里已有数据，没有载入示例县。")
            raise SystemExit(NOT_EMPTY)
        if not loaded:
            load_county(self.stderr.write)
        users, _ = ensure_sample_users(timezone.now())
        link_people(users)
        if not loaded:
            play_lives(users, timezone.localtime())
