"""case_report --place CODE --from DATE --to DATE [--public] --out FILE.docx: the report to the
congress on the handling of suggestions (代表法 51(3)).
"""

from pathlib import Path

from django.core.management.base import CommandError

from congress.scoping import OPERATOR
from reports.case_list import masker_of
from reports.case_report import NoReport, case_report
from reports.case_report_word import write_report
from reports.period_command import PeriodCommand
from reports.publication import public_twin


class Command(PeriodCommand):
    needed = (*PeriodCommand.needed, "out")
    help = "代表建议、批评和意见办理情况的报告（Word）；加 --public 写公开版"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--public", action="store_true", help="写公开版")
        parser.add_argument("--out", default="", metavar="FILE", help="写到哪个 .docx 文件")

    def work(self, place, period, options):
        try:
            report = case_report(OPERATOR, place, period)
        except NoReport as problem:
            raise CommandError(str(problem)) from None
        told = "".join(f"，{annex.title}{annex.total}件" for annex in report.lists)
        if options["public"]:
            twin = public_twin(report, masker_of(OPERATOR, place))
            report, told = twin.report, f"{told}，公开版隐去{len(twin.removals)}处"
        path = Path(options["out"])
        try:
            path.write_bytes(write_report(report, period.as_of))
        except OSError as problem:
            raise CommandError(f"写不了文件“{problem.filename}”：{problem.strerror}") from None
        self.stdout.write(f"已写好 {path}{told}")
