"""case 编号 --township CODE: one case with its steps, deadlines and promises, as of a day."""

import json

from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from congress.command_line import ChineseCommand
from congress.county_settings import values_by_day
from congress.models import Place
from congress.period import PeriodError, parse_day
from congress.scoping import OPERATOR
from suggestions.case_record import record_of
from suggestions.deadlines import limits_of
from suggestions.models import Case


class Command(ChineseCommand):
    help = "一件意见建议：状态、办理经过、期限怎么算的、承诺"

    def add_arguments(self, parser):
        parser.add_argument("number", metavar="编号")
        parser.add_argument("--township", required=True, metavar="CODE", help="乡镇代码，九位")
        parser.add_argument("--as-of", metavar="DATE", help="截至哪一天，不写是今天")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args, **options):
        case, as_of = _case(options), _day(options["as_of"])
        limits = limits_of(values_by_day(case.place), as_of)
        record = record_of(case, as_of, limits)
        if options["json"]:
            self.stdout.write(json.dumps(record, ensure_ascii=False, cls=DjangoJSONEncoder))
            return
        self.stdout.write(f"{record['number']}　{record['title']}　{record['state']}")
        for step in record["steps"]:
            self.stdout.write(f"{step['date']}　{step['name']}　{step['words']}　{step['by']}")
        for deadline in record["deadlines"]:
            self.stdout.write(f"{deadline['kind']} {deadline['due']}　{deadline['why']}")
        for promise in record["promises"]:
            told = (promise["matter"], str(promise["date"]), promise["by"], promise["state"])
            self.stdout.write("　".join(("承诺", *filter(None, told))))


def _case(options):
    place = Place.objects.visible_to(OPERATOR).filter(code=options["township"]).first()
    if place is None:
        raise CommandError(f"没有代码为 {options['township']} 的地方")
    cases = Case.objects.visible_to(OPERATOR).filter(place=place, number=options["number"])
    found = cases.select_related("place").first()
    if found is None:
        raise CommandError(f"{place.name}没有编号为“{options['number']}”的意见建议")
    return found


def _day(text):
    try:
        return parse_day(text, "--as-of") if text else timezone.localdate()
    except PeriodError as error:
        raise CommandError(str(error)) from error
