"""The ledger sheets of cases: 意见建议 (one row a case) and 办理过程 (one row a further event)."""

from congress.sheets.columns import (
    Choice,
    Column,
    Day,
    Names,
    Pairs,
    Phone,
    Sheet,
    Text,
    Words,
    YesNo,
)
from congress.sheets.values import name_text, split_name
from suggestions.words import (
    CLASS_WORDS,
    Kind,
    MotionFate,
    Occasion,
    Origin,
    RaisedAt,
    ResultClass,
    Satisfaction,
    Way,
)

DECLINED = "不予受理"
UNKNOWN = "未填"  # in a cell that may not be empty: the table of origin does not say
OUTSIDE = "名册外"  # the note of a proposing deputy whom the roster does not have: 张三（名册外）
RAISED_AT_ALIASES = {"乡": "乡镇", "镇": "乡镇", "县级": "县", "乡级": "乡镇", "市": "县"}

CASES = Sheet(
    "意见建议",
    "cases",
    key=("number",),
    note="一件一行；每件的后续事项写在“办理过程”",
    columns=(
        Column("编号", "number", Text(60), required=True, example="第七届人大第三次会议第012号"),
        Column("标题", "title", Text(200), required=True, example="关于硬化上芦村机耕道的建议"),
        Column(
            "类型",
            "kind",
            Choice(choices=Kind.values, default=Kind.SUGGESTION.value),
            help="空：建议",
        ),
        Column("议案处理", "motion_fate", Choice(choices=MotionFate.values), help="只有议案填写"),
        Column("内容", "body", Text(20_000, lines=True)),
        Column("涉及村居", "villages", Words(60), example="上芦村；河背村"),
        Column(
            "提出层级",
            "raised_at",
            Choice(
                choices=RaisedAt.values, aliases=RAISED_AT_ALIASES, default=RaisedAt.TOWNSHIP.value
            ),
            help="空：乡镇；县代表在县人代会上提的写“县”",
        ),
        Column("类别", "category", Text(40), required=True, example="基础设施", unknown=UNKNOWN),
        Column("来源", "origin", Choice(choices=Origin.values), required=True, example="代表"),
        Column(
            "提出人",
            "proposers",
            Names(),
            required=True,
            unknown=UNKNOWN,
            example="王芳；李建国",
            help="第一位领衔，其余附议；代表须在代表名册里，群众可写任意姓名",
        ),
        Column("联系电话", "phone", Phone()),
        Column(
            "提出日期", "raised_on", Day(), required=True, example="2024-03-05", unknown=UNKNOWN
        ),
        Column(
            "提出场合",
            "occasion",
            Choice(choices=Occasion.values),
            required=True,
            example="人代会",
            unknown=UNKNOWN,
        ),
        Column("会议", "meeting", Text(80), help="“人大会议”里的会议名称"),
        Column("联络站", "station", Text(60)),
        Column("代表活动", "activity", Text(120), help="由哪次视察调研提出"),
        Column("平台", "platform", Text(40), help="上级平台名称"),
        Column("公开", "public", YesNo()),
        Column("处理方式", "way", Choice(choices=(*Way.values, DECLINED)), example="交办"),
        Column("处理日期", "handed_on", Day(), example="2024-03-12"),
        Column("主办单位", "lead", Text(120), example="镇水务站"),
        Column("协办单位", "helpers", Words(60)),
        Column("签收日期", "signed_on", Day()),
        Column("答复期限", "deadline", Day(), help="空：交办之日起三个月（代表法第五十一条）"),
        Column("首次答复日期", "replied_on", Day()),
        Column(
            "办理结果",
            "result",
            Choice(choices=ResultClass.values, aliases=CLASS_WORDS),
            help="A 已解决 B 正在解决 C 列入计划 D 留作参考；首次答复的结果",
        ),
        Column("承诺日期", "promised_on", Day()),
        Column("面商日期", "contacted_on", Day()),
        Column("评价日期", "evaluated_on", Day()),
        Column("态度评价", "attitude", Choice(choices=Satisfaction.values)),
        Column("结果评价", "evaluation", Choice(choices=Satisfaction.values)),
        Column("办结日期", "closed_on", Day()),
        Column("撤回日期", "withdrawn_on", Day()),
        Column("并入编号", "into", Text(60)),
        Column("重点督办日期", "key_on", Day()),
        Column("成效", "outcomes", Pairs(), example="插秧机:3台"),
    ),
)

PROCESS_STEPS = (
    "登记",
    "受理",
    "交办",
    "退回补正",
    "作废",
    "签收",
    "分办",
    "协办意见",
    "面商",
    "催办",
    "督办",
    "延期",
    "退回",
    "改办",
    "答复",  # only to add to the first reply what the case's own row has no column for
    "再次答复",
    "重新办理",
    "评价",
    "办结",
    "重开",
    "承诺落实",
    "告知群众",
)
RESULT_WORDS = (*ResultClass.values, *Satisfaction.values)

PROCESS = Sheet(
    "办理过程",
    "process",
    key=("number", "on", "step", "note"),
    note="一件的首次答复、首次评价和办结写在“意见建议”，以后的每一次写在这里",
    columns=(
        Column("编号", "number", Text(60), required=True, example="第七届人大第三次会议第012号"),
        Column("日期", "on", Day(), required=True, example="2024-05-20"),
        Column("事项", "step", Choice(choices=PROCESS_STEPS), required=True, example="催办"),
        Column(
            "单位",
            "unit",
            Text(400),
            example="镇水务站",
            help="交办、分办、改办给几家的，主办用“；”隔开，协办写在后面：镇水务站；镇农业站（协办：镇公路站）；"
            "写（协办：无）是不再有协办单位，不写协办的不变",
        ),
        Column(
            "结果",
            "result",
            Choice(choices=RESULT_WORDS, aliases=CLASS_WORDS),
            help="再次答复填 A–D，评价填满意、基本满意、不满意或未表态",
        ),
        Column("日期值", "due", Day(), help="延期后的期限，或承诺日期"),
        Column(
            "说明",
            "note",
            Text(900, lines=True),
            help="最多500字；答复的承诺另起行写：承诺事项：……，下一行 责任人：……",
        ),
    ),
)
SHEETS = (CASES, PROCESS)


def outside(name):
    """The cell of a proposing deputy whom the roster does not have."""
    return name_text(name, OUTSIDE)


def is_outside(text):
    """Whether a cell names a deputy whom the roster does not have."""
    return split_name(text)[1] == OUTSIDE
