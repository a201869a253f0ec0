"""import_table FILE --township CODE: one table that is not ours into the records."""

from congress.scoping import OPERATOR
from reports.foreign import KINDS, plan_table
from reports.import_command import ImportCommand


class Command(ImportCommand):
    help = "导入一张不是台账格式的表"
    source = "其他表"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        kinds = "、".join(KINDS)
        parser.add_argument("--kind", default="意见建议", help=f"表里是什么：{kinds}")
        parser.add_argument(
            "--by-column", metavar="列名", help="按这一列把各行分到各乡镇；CODE 这时写县的代码"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="表头=列名",
            help="指定某一列是什么（列名空着：不导入），可写多次；以后同样的表照此对应",
        )  # fmt: skip

    def plan(self, place, options):
        mapping = dict(_pair(text) for text in options["map"])
        kind, by_column = options["kind"], options["by_column"]
        return plan_table(options["file"], place, OPERATOR, kind, by_column, mapping)

    def options_kept(self, options):
        return {name: options[name] for name in ("kind", "by_column", "map")}

    def done(self, plan, place):
        plan.remember(place)


def _pair(text):
    header, _, field = text.rpartition("=") if "=" in text else (text, "", "")
    return header, field or None
