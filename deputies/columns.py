"""The ledger sheets of this room (台账): terms, villages, people, leaders, meetings, reports."""

from congress.ledger_words import Level
from congress.sheets.columns import (
    Choice,
    Code,
    Column,
    Day,
    Month,
    Name,
    Number,
    Pairs,
    Phone,
    Sheet,
    Text,
    Words,
    YesNo,
)
from deputies.models import Leader, Mandate, Meeting, PartyReport, PersonFact

# Names of a level in real ledgers; what 市代表 means depends on the place: see tables_people.py.
_ENDINGS = ("", "级", "代表", "级代表", "人大代表", "级人大代表", "人大")
_SPOKEN = {
    Level.NATION: ("全国", "国家"),
    Level.PROVINCE: ("省", "自治区", "直辖市"),
    Level.CITY: ("市", "设区市", "地市"),
    Level.COUNTY: ("县", "区", "县市区"),
    Level.TOWNSHIP: ("乡", "镇", "乡镇"),
}
LEVEL_ALIASES = {
    name + ending: word for word, names in _SPOKEN.items() for name in names for ending in _ENDINGS
}
LEVEL = Choice(choices=Level.values, aliases=LEVEL_ALIASES)
MEETING_KIND = Choice(choices=Meeting.Kind.values, default=Meeting.Kind.CONGRESS.value)
_PARTY = PartyReport.To.PARTY.value
REPORTED_TO = Choice(
    choices=PartyReport.To.values, aliases={"乡党委": _PARTY, "镇党委": _PARTY, "乡镇党委": _PARTY}
)

END_REASONS = (
    "任期届满", "辞职", "责令辞职", "罢免", "迁出", "调离", "两次缺席", "丧失行为能力",
    "剥夺政治权利", "丧失国籍", "死亡", "其他",
)  # fmt: skip
GROUPING_KINDS = tuple(kind for kind in PersonFact.Kind.values if kind != PersonFact.Kind.PARTY)
SEX_ALIASES = {"男性": "男", "女性": "女"}
REVIEW_WORDS = {"满意": "satisfied", "基本满意": "fairly_satisfied", "不满意": "dissatisfied"}

TERMS = Sheet(
    "届次",
    "terms",
    key=("level", "name"),
    note="一届一行；县代表的届次是县人大的届次",
    columns=(
        Column("层级", "level", LEVEL, required=True, example="乡镇"),
        Column("届次", "name", Text(30), required=True, example="第七届"),
        Column("开始日期", "starts", Day(), required=True, example="2021-10-08",
               help="本届第一次会议的第一天（组织法第九条）"),
        Column("结束日期", "ends", Day(), help="下一届第一次会议的第一天；还没有就空着"),
    ),
)  # fmt: skip

VILLAGES = Sheet(
    "村居",
    "villages",
    key=("name",),
    note="一个村（社区）一行",
    columns=(
        Column("名称", "name", Text(60), required=True, example="上芦村"),
        Column("代码", "code", Code(12), example="360733100201",
               help="12位行政区划代码；没有就空着，以后再补"),
        Column("户籍人口", "population", Number(), example="2315", help="人"),
        Column("户数", "households", Number(), example="568", help="户"),
    ),
)  # fmt: skip

ROSTER = Sheet(
    "代表名册",
    "deputies",
    key=("name", "note"),
    note="一人一行；一人有几个代表职务也只写一行",
    columns=(
        Column("姓名", "name", Name(), required=True, example="王芳"),
        Column("备注", "note", Text(60), example="上芦村",
               help="同名的代表用备注分开，其他表里写 王芳（上芦村）"),
        Column("性别", "sex", Choice(choices=("男", "女"), aliases=SEX_ALIASES), example="女"),
        Column("出生年月", "born", Month(), example="1978-05"),
        Column("民族", "ethnic", Text(20), example="汉族"),
        Column("政治面貌", "party", Text(60), example="中共党员"),
        Column("学历", "education", Text(20), example="大专"),
        Column("职业构成", "occupation", Text(40), example="农民"),
        Column("工作单位及职务", "work", Text(120), example="上芦村党支部书记"),
        Column("联系电话", "phone", Phone(), example="13800000000"),
        Column("所在村居", "village", Text(60), example="上芦村"),
        Column("联络站", "station", Text(60), example="文武坝镇代表联络站",
               help="编组进站的联络站名称"),
        Column("入群", "chat_group", YesNo(), example="是", help="是否进了选民微信群"),
        Column("联系户数", "linked", Number(), example="5", help="户"),
        Column("代表小组", "group", Text(60), example="第一代表小组"),
        Column("专业小组", "topic_group", Text(60), example="农业农村小组"),
    ),
)  # fmt: skip

MANDATES = Sheet(
    "代表职务",
    "mandates",
    key=("name", "level", "term", "elected_on"),
    note="一个职务一行；既是县代表又是乡镇代表的写两行",
    columns=(
        Column("姓名", "name", Name(), required=True, example="王芳（上芦村）"),
        Column("层级", "level", LEVEL, required=True, example="乡镇",
               help="全国、省、市、县或乡镇"),
        Column("届次", "term", Text(30), required=True, example="第七届"),
        Column("选区", "constituency", Text(60), example="第3选区"),
        Column("代表团", "delegation", Text(60), example="上芦代表团"),
        Column("代表证号", "card_number", Text(40), example="0703"),
        Column("产生方式", "way", Choice(choices=Mandate.Way.values), example="换届选举"),
        Column("当选日期", "elected_on", Day(), required=True, example="2021-09-20"),
        Column("起任日期", "starts", Day(), example="2021-10-08", help="空：当选日期"),
        Column("暂停日期", "suspended_on", Day(), help="暂时停止执行代表职务的第一天"),
        Column("恢复日期", "resumed_on", Day()),
        Column("终止日期", "ends", Day(), help="不再是代表的第一天"),
        Column("终止原因", "end_reason", Choice(choices=END_REASONS), help="有终止日期才填"),
    ),
)  # fmt: skip

GROUPINGS = Sheet(
    "代表编组",
    "groupings",
    key=("name", "kind", "value", "starts"),
    note="有起止日期的编组写在这里；没有日期的写在代表名册的同名各列",
    columns=(
        Column("姓名", "name", Name(), required=True, example="王芳（上芦村）"),
        Column("类别", "kind", Choice(choices=GROUPING_KINDS), required=True, example="联络站"),
        Column("名称", "value", Text(60), example="文武坝镇代表联络站",
               help="联络站、群或小组的名称"),
        Column("数量", "number", Number(), help="类别是联系户时，联系多少户"),
        Column("开始日期", "starts", Day(), example="2022-03-01", help="空：一直如此"),
        Column("结束日期", "ends", Day(), help="不再如此的第一天"),
    ),
)  # fmt: skip

LEADERS = Sheet(
    "班子成员",
    "leaders",
    key=("term", "body", "post", "name"),
    note="由人民代表大会选举的人大、政府班子成员，一个职务一行",
    columns=(
        Column("届次", "term", Text(30), required=True, example="第七届"),
        Column("机构", "body", Choice(choices=Leader.Body.values), required=True, example="人大"),
        Column("职务", "post", Text(40), required=True, example="主席"),
        Column("姓名", "name", Name(), required=True, example="李建国"),
        Column("出生年月", "born", Month(), required=True, example="1975-06"),
        Column("任职日期", "starts", Day(), required=True, example="2021-10-08"),
        Column("离任日期", "ends", Day(), help="不再任职的第一天"),
    ),
)  # fmt: skip

MEETINGS = Sheet(
    "人大会议",
    "meetings",
    key=("name",),
    note="人民代表大会会议和主席团会议，一次一行",
    columns=(
        Column("会议名称", "name", Text(80), required=True, example="第七届人大第三次会议"),
        Column("届次", "term", Text(30), required=True, example="第七届"),
        Column("类型", "kind", MEETING_KIND, example="人代会", help="空：人代会"),
        Column("开始日期", "starts", Day(), required=True, example="2023-03-08"),
        Column("结束日期", "ends", Day(), example="2023-03-09", help="会议的最后一天"),
        Column("应到人数", "due", Number(), example="62"),
        Column("实到人数", "present", Number(), example="60"),
        Column("听取和审议", "heard", Words(), example="人大主席团工作报告；政府工作报告"),
        Column("选举职务", "elected", Pairs(), example="主席:1；副镇长:2", help="写成 职务:人数"),
        Column("表决事项", "voted", Words(), example="关于政府工作报告的决议"),
    ),
)  # fmt: skip

DUTY_REPORTS = Sheet(
    "代表述职",
    "duty-reports",
    key=("name", "on"),
    note="代表向选民述职，一人一次一行（代表法第五十八条）",
    columns=(
        Column("姓名", "name", Name(), required=True, example="王芳（上芦村）"),
        Column("日期", "on", Day(), required=True, example="2024-11-20"),
        Column("选区", "constituency", Text(60), example="第3选区"),
        Column("到会选民", "voters", Number(), example="40"),
        Column("评议结果", "review", Pairs(), example="满意:30；基本满意:4；不满意:1",
               help="满意、基本满意、不满意各多少票"),
    ),
)  # fmt: skip

PARTY_REPORTS = Sheet(
    "请示报告",
    "party-reports",
    key=("on", "title", "to"),
    note="向党委或县人大请示报告的事项",
    columns=(
        Column("日期", "on", Day(), required=True, example="2024-03-01"),
        Column("事项", "title", Text(200), required=True,
               example="关于召开第七届人大第四次会议的请示"),
        Column("对象", "to", REPORTED_TO, required=True, example="党委"),
        Column("方式", "way", Text(40), example="书面"),
    ),
)  # fmt: skip
SHEETS = (
    TERMS, VILLAGES, ROSTER, MANDATES, GROUPINGS, LEADERS, MEETINGS, DUTY_REPORTS, PARTY_REPORTS,
)  # fmt: skip
