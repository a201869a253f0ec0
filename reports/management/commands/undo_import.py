"""undo_import BATCH: takes back one import as a whole, while nothing that it made was worked on."""

from django.core.management.base import BaseCommand, CommandError

from congress.scoping import OPERATOR
from reports.models import ImportBatch
from reports.undo import CannotUndo, undo


class Command(BaseCommand):
    help = "整批撤销一次导入"

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, help="导入批次的号码")

    def handle(self, *args, **options):
        batch = ImportBatch.objects.visible_to(OPERATOR).filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"没有第 {options['batch']} 批导入")
        if batch.state != ImportBatch.State.DONE:
            raise CommandError(f"第 {batch.pk} 批是“{batch.state}”，不能撤销")
        try:
            undo(batch, OPERATOR)
        except CannotUndo as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已撤销第 {batch.pk} 批导入：{batch.file_name}")
