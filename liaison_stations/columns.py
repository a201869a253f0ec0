"""The ledger sheets of liaison stations: 联络站, 联络站人员, 制度, 接待记录, 知晓调查."""

from congress.models import Station
from congress.sheets.columns import (
    Choice,
    Column,
    Day,
    Name,
    Names,
    Number,
    Sheet,
    Text,
    Time,
    Words,
)
from liaison_stations.models import StationPost

# Other ways in which ledgers write the kind of a station.
KIND_ALIASES = {
    "联络站": "站", "代表联络站": "站", "联络室": "室", "代表联络室": "室", "联络点": "室",
    "代表议事亭": "议事亭", "亭": "议事亭",
}  # fmt: skip

STATIONS = Sheet(
    "联络站",
    "stations",
    key=("name",),
    note="一个站、室或议事亭一行；有起止日期的人员写在“联络站人员”，有通过日期的制度写在“制度”",
    columns=(
        Column("名称", "name", Text(60), required=True, example="文武坝镇人大代表联络站"),
        Column("类型", "kind", Choice(choices=Station.Kind.values, aliases=KIND_ALIASES),
               required=True, example="站"),
        Column("所在村居", "village", Text(60), example="文武坝社区"),
        Column("地址", "address", Text(120), example="圩镇农贸市场旁"),
        Column("建成日期", "built_on", Day(), example="2021-06-18",
               help="空着的视为一直开放"),
        Column("提升日期", "upgraded_on", Day(), example="2023-04-28",
               help="最近一次提升或重新选址完成的那天"),
        Column("停用日期", "closed_on", Day(), help="不再开放的第一天"),
        Column("站长", "heads", Names(60), example="刘春生"),
        Column("副站长", "deputy_heads", Names(60), example="钟秀兰；赖国平"),
        Column("联络员", "liaisons", Names(60), example="曾小燕"),
        Column("覆盖村居", "covers", Words(60), example="上芦村；黄雷村"),
        Column("制度", "rules", Words(120), example="接待选民登记制度；意见办理反馈制度"),
        Column("设施", "equipment", Words(60), example="电脑；资料柜"),
        Column("清单达标", "checklist", Words(60), example="有场所；有队伍；有制度",
               help="县里定的清单中已达到的各项"),
        Column("活动日", "activity_days", Text(60), example="农历初七、二十四",
               help="如 每月15日、每周一、农历初七、二十四、农历逢三、六、九"),
    ),
)  # fmt: skip

STAFF = Sheet(
    "联络站人员",
    "station-staff",
    key=("station", "post", "name", "starts"),
    note="起止日期都不写的站长、副站长、联络员，写在“联络站”就行",
    columns=(
        Column("联络站", "station", Text(60), required=True, example="文武坝镇人大代表联络站"),
        Column("职务", "post", Choice(choices=StationPost.Post.values), required=True,
               example="站长"),
        Column("姓名", "name", Name(60), required=True, example="刘春生"),
        Column("开始日期", "starts", Day(), example="2021-06-18", help="空着的视为一直担任"),
        Column("结束日期", "ends", Day(), example="2024-03-01", help="不再担任的第一天"),
    ),
)  # fmt: skip

RULES = Sheet(
    "制度",
    "rules",
    key=("name", "maker"),
    columns=(
        Column("名称", "name", Text(120), required=True, example="代表联系选民接待登记制度"),
        Column("制定者", "maker", Text(60), required=True, example="主席团",
               help="人大、主席团，或联络站的名称"),
        Column("通过日期", "adopted_on", Day(), example="2022-01-20"),
        Column("废止日期", "abolished_on", Day(), help="不再执行的第一天"),
    ),
)  # fmt: skip

RECEPTIONS = Sheet(
    "接待记录",
    "receptions",
    key=("station", "on", "starts_at"),
    note="一次接待一行；意见逐条写在“意见建议”，提出场合写“接待选民”，并写上联络站",
    columns=(
        Column("联络站", "station", Text(60), required=True, example="文武坝镇人大代表联络站"),
        Column("日期", "on", Day(), required=True, example="2024-03-15"),
        Column("开始时间", "starts_at", Time(), example="8:30"),
        Column("结束时间", "ends_at", Time(), example="11:30"),
        Column("地点", "where", Text(120), example="联络站接待室"),
        Column("接待代表", "deputies", Names(60), required=True, example="王芳；李国强"),
        Column("接待群众人数", "citizens", Number(), example="12", aliases=("接待人数",)),
        Column("收集意见条数", "opinions", Number(), example="0",
               help="只用于没有逐条记录的往年接待；意见已写在“意见建议”的填 0 或不填"),
        Column("记录人", "recorder", Name(60), example="曾小燕"),
    ),
)  # fmt: skip

AWARENESS = Sheet(
    "知晓调查",
    "awareness",
    key=("on", "village"),
    columns=(
        Column("日期", "on", Day(), required=True, example="2024-06-20"),
        Column("村居", "village", Text(60), required=True, example="上芦村"),
        Column("询问人数", "asked", Number(), required=True, example="50"),
        Column("知晓人数", "knew", Number(), required=True, example="41"),
    ),
)  # fmt: skip

SHEETS = (STATIONS, STAFF, RULES, RECEPTIONS, AWARENESS)
