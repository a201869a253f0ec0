"""summary --place CODE --from DATE --to DATE --out FILE.docx: the draft of a work summary."""

from pathlib import Path

from django.core.management.base import CommandError

from congress.scoping import OPERATOR
from reports.drafting import annex_of, draft_for
from reports.outline import DEFAULT
from reports.period_command import PeriodCommand
from reports.word import write_docx

ANNEX = "附表"


class Command(PeriodCommand):
    needed = (*PeriodCommand.needed, "out")
    help = "工作总结草稿（Word），旁边另写一份附表"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--outline", default=DEFAULT, metavar="KEY", help="提纲")
        parser.add_argument("--out", default="", metavar="FILE", help="写到哪个 .docx 文件")

    def work(self, place, period, options):
        path = Path(options["out"])
        draft = draft_for(OPERATOR, place, period, options["outline"])
        annex = path.with_name(f"{path.stem}-{ANNEX}{path.suffix or '.docx'}")
        try:
            path.write_bytes(write_docx(draft))
            annex.write_bytes(annex_of(draft, OPERATOR, place))
        except OSError as problem:
            raise CommandError(f"写不了文件“{problem.filename}”：{problem.strerror}") from None
        self.stdout.write(f"已写好 {path} 和 {annex}，约{draft.minutes}分钟读完")
