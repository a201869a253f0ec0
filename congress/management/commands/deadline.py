"""`manage.py deadline --from DATE --months N` or `--workdays N`: the last day of a deadline, and
how it comes about.
"""

import json
import re

from django.core.management.base import CommandError

from congress.calendar import Holidays
from congress.command_line import ChineseCommand
from congress.holidays_in_force import holidays_of
from congress.models import Place
from congress.period import PeriodError, chinese_day, parse_day
from congress.reckoning import after_months, after_workdays, weekday_name
from congress.scoping import OPERATOR

NUMBER = re.compile(r"[0-9]{1,4}")
# A number of months or working days beyond which it is a slip of the hand.
MOST = 1200


class Command(ChineseCommand):
    """Prints one sentence, or with --json {"due", "why"} and nothing else."""

    help = "推算期限：从某天起几个月，或者几个工作日（次日为第一天）"

    def add_arguments(self, parser):
        # An option without its value is told in Chinese too.
        word = {"nargs": "?", "const": ""}
        parser.add_argument("--from", default="", metavar="DATE", help="起算的那一天", **word)
        parser.add_argument("--months", metavar="N", help="几个月", **word)
        parser.add_argument("--workdays", metavar="N", help="几个工作日，次日为第一天", **word)
        parser.add_argument(
            "--shift", action="store_true", help="按月算的期限，最后一天休息就顺延到下一个工作日"
        )
        parser.add_argument(
            "--place", default="", metavar="CODE", help="按这个地方的县录入的节假日算", **word
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args, **options):
        due, why = self.reckon(options)
        if options["json"]:
            self.stdout.write(json.dumps({"due": str(due), "why": why}, ensure_ascii=False))
        else:
            self.stdout.write(f"到{chinese_day(due)}（{weekday_name(due)}）。{why}")

    def reckon(self, options):
        """(due, words) of what was asked."""
        if not options["from"]:
            raise CommandError("还缺 --from，用法见 --help")
        if (options["months"] is None) == (options["workdays"] is None):
            raise CommandError("--months 和 --workdays 要写一个，只能写一个")
        try:
            start, holidays = parse_day(options["from"]), self.holidays(options["place"])
            if options["months"] is None:
                return after_workdays(start, number(options, "workdays"), holidays)
            return after_months(start, number(options, "months"), holidays, options["shift"])
        except PeriodError as wrong:
            raise CommandError(str(wrong)) from None

    def holidays(self, code):
        """Those in force at a place; without one, those that come with the program."""
        if not code:
            return Holidays.bundled()
        place = Place.objects.visible_to(OPERATOR).filter(code=code).first()
        if place is None:
            raise CommandError(f"没有代码为“{code}”的地方")
        return holidays_of(place)


def number(options, name):
    """The whole number of an option, from 0 to MOST."""
    text = options[name].strip()
    if not NUMBER.fullmatch(text) or int(text) > MOST:
        raise CommandError(f"--{name} 要写 0 到 {MOST} 的整数，不能写“{text}”")
    return int(text)
