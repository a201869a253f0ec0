"""A township whose cases hold personal data, as it is typed in life; and what of it may never be
read in public.
"""

from datetime import date

from congress.models import Setting
from congress.period import Period
from congress.scoping import OPERATOR
from reports.case_list import masker_of
from reports.case_report import case_report
from reports.publication import public_twin
from suggestions.models import Case
from tests.reports.books import MANDATES, ROSTER, deputy_case, enter_cases

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
PEOPLE = {
    "届次": [
        {"层级": "乡镇", "届次": "第七届", "开始日期": "2021-12-01"},
        {"层级": "县", "届次": "第十八届", "开始日期": "2021-12-20"},
    ],
    "代表名册": ROSTER,
    "代表职务": MANDATES,
}
HANDED = {"处理方式": "交办", "处理日期": "2024-03-10", "主办单位": "镇水务站"}
REPLIED = HANDED | {"首次答复日期": "2024-05-20", "办理结果": "B", "承诺日期": "2024-08-31"}
BODY = (
    "我是阿依古丽买买提，家住上芦村，和𠮷 田一郎是邻居。\n"
    "电话 138 1234 0000，座机(0797)5622345，身份证３６０７３３１９７５０６１２００３Ｘ，"
    "也可以打138\u200b1234\u200b0000找𠮷。"
)
HOSTILE = REPLIED | {
    "标题": "反映阿依古丽•买买提（138-1234-0000）家门口的路灯不亮",
    "内容": BODY,
    "提出人": "阿依古丽·买买提；𠮷田一郎；𠮷",
    "联系电话": "13812340000",
    "公开": "是",
}
NAMING = REPLIED | {"标题": "关于解决阿依古丽·买买提等户饮水的建议", "公开": "是"}
REPLY = {
    "编号": "1", "日期": "2024-05-20", "事项": "答复",
    "说明": "已上门找到阿依古丽·买买提，电话13812340000，下月装灯。",
}  # fmt: skip
SECRETS = (
    *("阿依古丽", "买买提", "𠮷", "1381234", "138-1234", "138 1234", "138\u200b1234"),
    *("5622345", "360733197506", "３６０７３３", "1234-0000", "12340000"),
)


def hostile_township(place):
    """Four cases: a citizen's full of personal data, a deputy's that names that citizen, a deputy's
    that is not public, a citizen's declined."""
    enter_cases(
        place,
        HOSTILE,
        deputy_case("王芳；李建国", **NAMING),
        deputy_case("李建国", 标题="关于一桩隐情的建议", **HANDED),
        {
            "标题": "请求改判一个案子",
            "处理方式": "不予受理",
            "处理日期": "2024-03-05",
            "公开": "是",
        },
        events=[REPLY],
        **PEOPLE,
    )


def twin_of(place, period=YEAR, user=OPERATOR):
    """The public twin of the report of a place."""
    return public_twin(case_report(user, place, period), masker_of(user, place))


def leaks(text):
    """Which of the secrets stand in a text."""
    return [secret for secret in SECRETS if secret in text]


def turn_on(place, since="2020-01-01"):
    """Open the public page of a place."""
    Setting(place=place, key="public.page", value="公开", valid_from=since).save()


def numbered(place, number):
    """The case of that number."""
    return Case._base_manager.get(place=place, number=number)
