"""What the commands `figures` and `summary` share: a place and a period on the command line."""

from django.core.management.base import CommandError

from congress.command_line import ChineseCommand
from congress.models import Place
from congress.period import Period, PeriodError
from congress.scoping import OPERATOR
from reports.catalogue import FigureError
from reports.outline_tree import OutlineError


class PeriodCommand(ChineseCommand):
    """Asks for --place, --from, --to and --as-of; what is missing or wrong is told in Chinese on
    stderr, and the exit code is then 1.
    """

    needed = ("place", "from", "to")

    def add_arguments(self, parser):
        parser.add_argument("--place", default="", metavar="CODE", help="行政区划代码")
        parser.add_argument("--from", default="", metavar="DATE", help="第一天")
        parser.add_argument("--to", default="", metavar="DATE", help="最后一天")
        parser.add_argument("--as-of", default="", metavar="DATE", help="截至日期，空：最后一天")

    def handle(self, *args, **options):
        missing = [f"--{name}" for name in self.needed if not options[name]]
        if missing:
            raise CommandError(f"还缺 {'、'.join(missing)}，用法见 --help")
        try:
            place = self.place(options["place"])
            self.work(place, self.period(options), options)
        except (PeriodError, FigureError, OutlineError) as problem:
            raise CommandError(str(problem)) from None

    def work(self, place, period, options):
        """What the command does."""
        raise NotImplementedError

    def place(self, code):
        """The place of that code."""
        found = Place.objects.visible_to(OPERATOR).exclude(level="村居").filter(code=code).first()
        if found is None:
            raise CommandError(f"没有代码为“{code}”的乡镇、县或上级地方")
        return found

    def period(self, options):
        """The period of the options; both its days are given, so today is not asked for."""
        days = {"start": options["from"], "end": options["to"], "as_of": options["as_of"]}
        return Period.parse(**days, today=None)
