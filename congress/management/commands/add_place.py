"""`manage.py add_place CODE 名称`: a place by its official code, with the parents that the code
implies."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from congress.models import Place
from congress.place_tree import BadCode, ensure_place
from congress.scoping import OPERATOR, codes_above


class Command(BaseCommand):
    """Prints each place that stands on the way, and whether it was made."""

    help = "登记一个地方：add_place 360733100 文武坝镇（上级按代码自动补齐）"

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="CODE", help="行政区划代码：县6位、乡镇9位、村居12位")
        parser.add_argument(
            "name", metavar="名称", nargs="?", default="", help="名称；县以上可不写"
        )

    def handle(self, *args, code, name, **options):
        wanted = [*codes_above(code), code]
        places = Place.objects.visible_to(OPERATOR).filter(code__in=wanted)
        before = set(places.values_list("code", flat=True))
        try:
            with transaction.atomic():
                made = ensure_place(code, name.strip())
        except BadCode as wrong:
            raise CommandError(str(wrong)) from None
        for place in places.order_by("code"):
            word = "已有" if place.code in before else "新建"
            self.stdout.write(f"{word}  {place.level}  {place.code}  {place.name}")
        if name.strip() and made.name != name.strip():
            self.stderr.write(f"{code} 已有的名称是“{made.name}”，没有改成“{name.strip()}”。")
