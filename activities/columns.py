"""The ledger sheets of activities: 代表活动, 学习培训, 宣传报道, 荣誉名次, 民生实事."""

from dataclasses import dataclass
from decimal import Decimal as Exact
from typing import Any

from activities.models import Activity, OutletLevel, Publication
from congress.ledger_words import Level
from congress.sheets.columns import (
    Cell,
    CellError,
    Choice,
    Column,
    Day,
    Decimal,
    Link,
    Names,
    Number,
    Pair,
    Pairs,
    Sheet,
    Text,
    Words,
    Year,
    YesNo,
)

OUTLET_ALIASES = {
    **dict.fromkeys(("乡", "镇", "乡级", "镇级", "乡镇级"), "乡镇"),
    **dict.fromkeys(("区", "县级", "区级"), "县"),
    **{"市级": "市", "省级": "省", "国家级": "国家", "中央": "国家", Level.NATION.value: "国家"},
}


@dataclass(frozen=True)
class Titles(Words):
    """Titles of reports: two of the same title are two reports."""

    def read(self, raw: Cell) -> list[str]:
        return [Text(self.max_length).fit(title) for title in self.split(raw)]


@dataclass(frozen=True)
class Counted(Pairs):
    """Counted things with at most `places` decimals and a short unit; a name may come again."""

    places: int = 2

    def read(self, raw: Cell) -> list[Pair]:
        found = super().read(raw)
        for name, number, unit in found:
            if number != round(number, self.places):
                wanted = f"最多 {self.places} 位小数" if self.places else "人数要是整数"
                raise CellError(f"“{name}”的数量 {number:f} 不对，{wanted}")
            if len(unit) > 10:
                raise CellError(f"“{name}”的单位“{unit}”太长，最多 10 个字，如 份")
        return found


@dataclass(frozen=True)
class Amount(Decimal):
    """An amount that is smaller than `below`."""

    below: int = 10**10

    def read(self, raw: Cell) -> Any:
        amount: Exact = super().read(raw)
        if amount >= self.below:
            raise CellError(f"“{amount:f}”太大，要小于 {self.below}")
        return amount


ACTIVITIES = Sheet(
    "代表活动",
    "activities",
    key=("name", "starts"),
    note="一次活动一行；名称加开始日期相同的是同一次",
    columns=(
        Column("名称", "name", Text(120), required=True, example="饮水安全视察"),
        Column("类型", "kind", Choice(choices=Activity.Kind.values), required=True, example="视察"),
        Column("组织单位", "organiser", Choice(choices=Activity.Organiser.values,
               default=Activity.Organiser.PRESIDIUM.value), example="主席团",
               help="空：主席团；县人大组织、本乡镇参加的写县人大"),
        Column("主题活动", "campaign", Text(80), example="聚焦八大行动",
               help="属于哪项主题活动，没有就空着"),
        Column("领域", "fields", Words(40), example="饮水安全；乡村振兴"),
        Column("开始日期", "starts", Day(), required=True, example="2024-03-05"),
        Column("结束日期", "ends", Day(), example="2024-03-06", help="只有一天的可以空着"),
        Column("地点", "where", Text(120), example="上芦村水厂"),
        Column("覆盖村居", "villages", Words(60), example="上芦村；河背村"),
        Column("参加代表", "deputies", Names(), example="王芳；李建国",
               help="须在代表名册里；同名的写成 王芳（上芦村）"),
        Column("参加代表人次", "unnamed_deputies", Number(default=0),
               help="只有查不到姓名的往年活动填写；写了姓名的按姓名算"),
        Column("其他参加人员", "outsiders", Counted(places=0), example="企业代表:6人；村干部:4人",
               help="代表以外的人，写成 类别:人数"),
        Column("对策建议条数", "recommendations", Number(default=0), example="3"),
        Column("调研报告", "reports", Titles(200), example="关于农村饮水安全的调研报告",
               help="题目；几篇之间用；隔开，题目相同的也各算一篇"),
        Column("成果", "outcomes", Counted(), example="宣传单:300份；走访企业:12家",
               help="写成 名称:数量单位"),
        Column("参加领导", "leaders", Names(80), example="刘志强（县人大常委会副主任）；",
               help="写成 姓名（职务）；几位之间用；隔开"),
        Column("涉及法规", "law", Text(200), example="《江西省农村供水条例》"),
        Column("重点项目", "project", Text(200), example="上芦村集中供水工程"),
        Column("已取消", "cancelled", YesNo(), example="否", help="取消的活动不计入统计"),
    ),
)  # fmt: skip

TRAININGS = Sheet(
    "学习培训",
    "trainings",
    key=("topic", "starts"),
    note="一次培训一行；主题加开始日期相同的是同一次",
    columns=(
        Column("主题", "topic", Text(120), required=True, example="代表法与代表履职"),
        Column("开始日期", "starts", Day(), required=True, example="2024-03-20"),
        Column("结束日期", "ends", Day(), example="2024-03-21", help="只有一天的可以空着"),
        Column("学时", "hours", Amount(places=1, below=10**5), example="4"),
        Column("授课人", "teacher", Text(80), example="县委党校 周敏"),
        Column("参加代表", "deputies", Names(), example="王芳；李建国",
               help="须在代表名册里；同名的写成 王芳（上芦村）"),
    ),
)  # fmt: skip

PUBLICATIONS = Sheet(
    "宣传报道",
    "publications",
    key=("title", "outlet", "on"),
    note="在报刊、公众号、网站刊发的稿件，和发到上级平台的活动、信息，一条一行",
    columns=(
        Column("标题", "title", Text(200), required=True, example="代表进村问水"),
        Column("平台", "outlet", Text(80), required=True, example="会昌人大公众号"),
        Column("平台层级", "level", Choice(choices=OutletLevel.values, aliases=OUTLET_ALIASES),
               example="县"),
        Column("类型", "kind", Choice(choices=Publication.Kind.values), required=True,
               example="稿件", help="发到数字人大等上级平台的写活动或信息"),
        Column("日期", "on", Day(), required=True, example="2024-03-08"),
        Column("链接", "link", Link(), example="https://www.example.cn/1"),
    ),
)  # fmt: skip

HONOURS = Sheet(
    "荣誉名次",
    "honours",
    key=("name", "on"),
    columns=(
        Column("名称", "name", Text(120), required=True, example="全县人大工作评比"),
        Column("名次", "rank", Text(40), example="第三名"),
        Column("授予单位", "giver", Text(80), example="县人大常委会"),
        Column("日期", "on", Day(), required=True, example="2024-12-20"),
    ),
)  # fmt: skip

PROJECTS = Sheet(
    "民生实事",
    "projects",
    key=("year", "name"),
    note="民生实事项目人大代表票决制：候选、票决、办理和满意度评价都在一行",
    columns=(
        Column("年度", "year", Year(), required=True, example="2024"),
        Column("名称", "name", Text(120), required=True, example="上芦村集中供水工程"),
        Column("总投资（万元）", "cost", Amount(), example="120.5"),
        Column("资金来源", "funding", Text(120), example="省级补助、镇自筹"),
        Column("责任单位", "responsible", Text(120), example="镇水务站"),
        Column("完成时限", "finish_by", Day(), example="2024-11-30"),
        Column("候选", "candidate", YesNo(), example="是", help="是否作为候选项目交代表票决"),
        Column("票决日期", "voted_on", Day(), example="2024-01-18"),
        Column("得票", "votes", Number(), example="52"),
        Column("入选", "chosen", YesNo(), example="是"),
        Column("完成日期", "completed_on", Day(), example="2024-11-12"),
        Column("评价满意", "satisfied", Number(), example="40", help="满意度评价的票数"),
        Column("评价基本满意", "fairly_satisfied", Number(), example="8"),
        Column("评价不满意", "dissatisfied", Number(), example="2"),
    ),
)  # fmt: skip
SHEETS = (ACTIVITIES, TRAININGS, PUBLICATIONS, HONOURS, PROJECTS)
