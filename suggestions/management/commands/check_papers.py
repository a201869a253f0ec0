"""`./run manage check_papers`: whether every paper has its file, unchanged; what lies about without
a row.
"""

import hashlib
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from congress.scoping import OPERATOR
from suggestions.models import Paper
from suggestions.paper_files import remove_orphans
from suggestions.papers import open_file

YOUNG = timedelta(hours=24)  # a file younger than this may still get its row


class Command(BaseCommand):
    """To be run after a restore, and by a timer with --remove-orphans."""

    help = "Compare the papers of cases with their files; exit code 1 where one is missing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="remove files older than a day without row",
        )

    def handle(self, **options):
        papers = Paper.objects.visible_to(OPERATOR).order_by("pk")
        wrong = [(paper, fault) for paper in papers.iterator() if (fault := _fault(paper))]
        for paper, fault in wrong:
            self.stdout.write(f"{paper.pk} {paper.name}：{fault}")
        self.stdout.write(f"{papers.count()} 件材料，{len(wrong)} 件有问题")
        if options["remove_orphans"]:
            removed = remove_orphans(timezone.now() - YOUNG)
            self.stdout.write(f"清理了 {removed} 个没有登记的文件")
        if wrong:
            raise CommandError("有材料的文件不对，请从备份恢复 papers 文件夹")


def _fault(paper):
    """What is wrong with the file of a paper, or nothing."""
    try:
        with open_file(paper) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "文件不见了"
    return "" if digest == paper.sha256 else "文件和登记时不一样"
