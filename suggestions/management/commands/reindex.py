"""reindex: rebuilds the index by which cases with a like title are found."""

from django.core.management.base import BaseCommand

from congress.scoping import OPERATOR
from suggestions.likeness import index
from suggestions.models import Case

AT_ONCE = 5000


class Command(BaseCommand):
    help = "重建“相近的建议”所用的标题索引"

    def handle(self, *args, **options):
        cases = Case.objects.visible_to(OPERATOR).order_by("pk")
        done, last = 0, 0
        while some := list(cases.filter(pk__gt=last).only("title", "place_id")[:AT_ONCE]):
            index(some)
            done, last = done + len(some), some[-1].pk
        self.stdout.write(f"已重建 {done} 件的标题索引")
