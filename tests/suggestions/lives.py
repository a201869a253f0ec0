"""Lives of a case as tests play them: each step taken by the person who takes it in a township."""

from datetime import date, timedelta

from congress.models import Setting
from suggestions.models import Case, Proposer
from suggestions.workflow import advance

BEGIN = date(2024, 3, 4)  # a Monday
REPLY = {"result": "B", "due": date(2024, 12, 31), "data": {"promise": "硬化500米"}}
# One document number for the replies of all cases that a test plays.
SIGNING = {"number": "文府函〔2024〕8号", "signer": "刘镇长", "joint": True}
GOOD = {"attitude": "满意", "result": "满意"}
BAD = {"attitude": "基本满意", "result": "不满意", "note": "路还没有修"}
_RAISED = (("提出", "deputy_user", {"data": {"origin": "代表", "occasion": "闭会期间"}}),)
_REGISTERED = (*_RAISED, ("登记", "clerk", {}))
_ACCEPTED = (*_REGISTERED, ("受理", "chair", {}))
_LAYERED = (*_ACCEPTED, ("交办", "chair", {}))
_GIVEN = (*_LAYERED, ("分办", "government", {"units": True}))
_SIGNED_FOR = (*_GIVEN, ("签收", "unit_clerk", {}))
_CONTACTED = (*_SIGNED_FOR, ("面商", "unit_clerk", {"data": {"form": "登门", "who": "池代表"}}))
_DRAFTED = (*_CONTACTED, ("拟稿", "unit_clerk", REPLY))
_CHECKED = (*_DRAFTED, ("核稿", "government", {}))
_SENT = (
    *_CHECKED,
    ("签发", "government", {"data": SIGNING}),
)
_REPLIED = (*_SENT, ("答复", "unit_clerk", REPLY))
_JUDGED = (*_REPLIED, ("评价", "deputy_user", GOOD))
# State → the steps that lead there: (name, person, fields).
PATHS = {
    "草稿": (("起草", "deputy_user", {}),),
    "已提交": _RAISED,
    "已登记": _REGISTERED,
    "待补正": (*_REGISTERED, ("退回补正", "clerk", {"note": "写明地点"})),
    "不予受理": (*_REGISTERED, ("不予受理", "chair", {"note": "没有实际内容"})),
    "待交办": _ACCEPTED,
    "已并案": (*_ACCEPTED, ("并案", "clerk", {"into": True})),
    "待分办": _LAYERED,
    "待签收": _GIVEN,
    "办理中": _SIGNED_FOR,
    "待核稿": _DRAFTED,
    "待签发": _CHECKED,
    "待发出": _SENT,
    "待评价": _REPLIED,
    "重新办理": (*_REPLIED, ("评价", "deputy_user", BAD)),
    "待办结": _JUDGED,
    "已办结": (*_JUDGED, ("办结", "chair", {})),
    "已撤回": (*_ACCEPTED, ("撤回", "deputy_user", {"note": "已经办好"})),
    "已作废": (*_REGISTERED, ("作废", "clerk", {"note": "重复登记"})),
}

# Answered at the desk, which the deputy did not accept: no unit has it.
ON_THE_SPOT = (*_ACCEPTED, ("当场答复", "chair", {}), ("评价", "deputy_user", BAD))


def promising(path, day):
    """The same steps, with what they promise promised for `day`."""
    return [
        (name, who, fields | {"due": day} if "due" in fields else fields)
        for name, who, fields in path
    ]


class Life:
    """Plays steps on one case, one a day from Monday 4 March 2024, by the persons of the tests."""

    def __init__(self, township, person, number="未编号-1"):
        """`person(name)` gives the user; the deputy of `deputy_user` leads the case."""
        deputy = person("deputy_user")
        self.case = Case(
            place=township, number=number, title="关于硬化上芦村机耕道的建议",
            raised_on=BEGIN, entered_by=deputy,
            handed_in=False,
        )  # fmt: skip
        self.case.save()
        row = {"case": self.case, "person": deputy.person, "name": "池代表"}
        Proposer._base_manager.create(order=0, **row)
        self.person, self.day = person, BEGIN

    def play(self, steps):
        """Take the steps, each on the next day; the case comes back as it is then."""
        for name, who, fields in steps:
            self.take(name, who, **fields)
        return self.case

    def take(self, name, who, *, on=None, units=False, into=False, **fields):
        """One step; `units`: water station leads, road office helps; `into`: another case."""
        if into:
            fields |= {"data": {"into": self.like().pk}}
        if units:
            lead, helper = self.person("unit"), self.person("road_office")
            fields |= {"unit": lead, "data": {"leads": [lead.pk], "helpers": [helper.pk]}}
        step = advance(self.case, name, user=self.person(who), on=on or self.day, **fields)
        self.day = max(self.day, on or self.day) + timedelta(days=1)
        self.case.refresh_from_db()
        return step

    def like(self):
        """Another case on the same matter, accepted."""
        other = Life(self.case.place, self.person, "未编号-2")
        return other.play(_ACCEPTED)


def without_layer(township):
    """Switch the government's own layer off in the township."""
    row = Setting(
        place=township,
        key="suggestions.government_layer",
        value="不设",
        valid_from=date(2020, 1, 1),
    )
    row.save()
