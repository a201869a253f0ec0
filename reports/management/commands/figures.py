"""figures --place CODE --from DATE --to DATE: all figures of a place over a period."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from congress.scoping import OPERATOR
from reports.catalogue import BY_KEY, evaluate, parse_filters
from reports.figure_texts import sum_text, value_text
from reports.period_command import PeriodCommand


class Command(PeriodCommand):
    help = "统计数字"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        several = {"nargs": "+", "action": "extend", "default": []}
        parser.add_argument(
            "--filter", metavar="名称=值", help="筛选，如 field=环境整治", **several
        )
        parser.add_argument("--key", metavar="KEY", help="只要这些指标", **several)
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def work(self, place, period, options):
        filters = parse_filters(options["filter"])
        results = evaluate(OPERATOR, place, period, options["key"] or None, filters)
        if options["json"]:
            document = {key: result.as_json() for key, result in results.items()}
            text = json.dumps(document, ensure_ascii=False, cls=DjangoJSONEncoder)
            self.stdout.write(text)
            return
        self.stdout.write(f"{place.name}　{period.text()}")
        for key, result in results.items():
            meta = BY_KEY[key]
            cells = (meta.group, meta.name, value_text(meta, result), sum_text(meta, results))
            self.stdout.write("\t".join(cells).rstrip())
