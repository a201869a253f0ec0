"""What the commands import_ledger and import_table share. They do their work in the foreground."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from congress.records import StaleRecord
from congress.scoping import OPERATOR
from congress.sheets.load import Problem
from reports.import_places import DIGITS, UnknownPlace, make_place, place_for, planned
from reports.import_report import report
from reports.importing import commit, new_batch


class ImportCommand(BaseCommand):
    """Plans a file, writes it unless it has errors or --dry-run is given, prints the outcome."""

    source = "台账"

    def add_arguments(self, parser):
        parser.add_argument("file", help="文件：.xlsx .xls .et .csv")
        parser.add_argument("--township", required=True, metavar="CODE", help="乡镇的行政区划代码")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不导入")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def plan(self, place, options):
        """The plan of the file for a place."""
        raise NotImplementedError

    def options_kept(self, options):
        """What of the options is kept with the batch."""
        return {}

    def done(self, plan, place):
        """What else belongs to a plan that is being written, in its transaction."""

    def handle(self, *args, **options):
        try:
            place, new = place_for(options["township"], DIGITS)
        except UnknownPlace as refusal:
            self._print(self._refused(str(refusal), options), False, options)
            raise SystemExit(1) from None
        plan = self.plan(place, options)
        written = not plan.errors and not options["dry_run"]
        if written:
            try:
                self._write(plan, place, options)
            except StaleRecord:
                raise CommandError("正要写入时有人改了其中的记录，没有导入；请再运行一次") from None
        document = plan.outcome()
        if new:
            message = f"还没有代码为{place.code}的地方，按“{place.name}”加入"
            document["findings"].insert(0, vars(Problem("", None, None, place.code, message)))
        self._print(document, written, options)
        if plan.errors:
            raise SystemExit(1)

    def _refused(self, message, options):
        """The outcome of a file for no known place: its columns are told all the same."""
        error = Problem("", None, None, options["township"], message)
        document = self.plan(planned("000000000", ""), options).outcome()
        none = {"created": {}, "updated": {}, "unchanged": {}, "findings": []}
        return document | none | {"errors": [vars(error)]}

    def _write(self, plan, place, options):
        with transaction.atomic():
            make_place(place)
            kept = self.options_kept(options)
            batch = new_batch(options["file"], place, OPERATOR, source=self.source, options=kept)
            commit(plan, batch)
            self.done(plan, place)
        self.stderr.write(f"导入批次 {batch.pk}；要整批撤销：undo_import {batch.pk}")

    def _print(self, document, written, options):
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, cls=DjangoJSONEncoder))
        else:
            self.stdout.write(report(document, written=written))
