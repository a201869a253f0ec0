"""Fixed words of a case: what it is, who raised it, where it stands, how it was judged."""

from congress.ledger_words import LedgerWords


class Kind(LedgerWords):
    SUGGESTION = "建议"
    CRITICISM = "批评"
    OPINION = "意见"
    MOTION = "议案"


class MotionFate(LedgerWords):
    ON_AGENDA = "列入议程"
    TO_SUGGESTION = "转为建议"
    NOT_TAKEN = "不列入"


class RaisedAt(LedgerWords):
    """At which level's congress it was raised; only 乡镇 is the township's own case."""

    TOWNSHIP = "乡镇"
    COUNTY = "县"


class Origin(LedgerWords):
    DEPUTY = "代表"
    CITIZEN = "群众"


class Occasion(LedgerWords):
    CONGRESS = "人代会"
    RECEPTION = "接待选民"
    INSPECTION = "视察调研"
    VISIT = "走访"
    ONLINE = "网络"
    BETWEEN = "闭会期间"


class Way(LedgerWords):
    ASSIGNED = "交办"
    TRANSFERRED = "转办"
    ESCALATED = "转交上级"
    ON_THE_SPOT = "当场答复"


HANDED_OVER = frozenset({Way.ASSIGNED, Way.TRANSFERRED, Way.ESCALATED})


class State(LedgerWords):
    """Where a case stands; written by the workflow only."""

    DRAFT = "草稿"
    SUBMITTED = "已提交"
    REGISTERED = "已登记"
    REPAIR = "待补正"
    DECLINED = "不予受理"
    ACCEPTED = "待交办"
    MERGED = "已并案"
    DISTRIBUTING = "待分办"
    ASSIGNED = "待签收"
    HANDLING = "办理中"
    DRAFTED = "待核稿"
    CHECKED = "待签发"
    SIGNED = "待发出"
    REPLIED = "待评价"
    REHANDLING = "重新办理"
    EVALUATED = "待办结"
    CLOSED = "已办结"
    WITHDRAWN = "已撤回"
    VOID = "已作废"


class ResultClass(LedgerWords):
    """How far the matter is solved (practice; printed through the county's own scheme)."""

    SOLVED = "A"
    SOLVING = "B"
    PLANNED = "C"
    REFERENCE = "D"


CLASS_WORDS = {"已解决": "A", "正在解决": "B", "列入计划": "C", "留作参考": "D"}
PROMISING_CLASSES = frozenset({ResultClass.SOLVING, ResultClass.PLANNED})


class Satisfaction(LedgerWords):
    SATISFIED = "满意"
    FAIRLY = "基本满意"
    DISSATISFIED = "不满意"
    UNSTATED = "未表态"


STATED = frozenset({Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.DISSATISFIED})


class PromiseState(LedgerWords):
    """What became of a promised matter (承诺事项) by a day."""

    KEPT = "已兑现"
    DUE = "未到期"
    BROKEN = "逾期未兑现"


class ContactForm(LedgerWords):
    """How a unit talked with the deputy before its reply (面商形式)."""

    MEETING = "座谈"
    VISIT = "登门"
    PHONE = "电话"
    WRITING = "书面"


class UnitRole(LedgerWords):
    LEAD = "主办"
    CO = "协办"


# The shape beside a state's word on pages (templates/parts/light.html).
STATE_SHAPES = {
    State.DRAFT: "wait",
    State.SUBMITTED: "wait",
    State.REGISTERED: "wait",
    State.REPAIR: "again",
    State.DECLINED: "out",
    State.ACCEPTED: "wait",
    State.MERGED: "out",
    State.DISTRIBUTING: "hand",
    State.ASSIGNED: "hand",
    State.HANDLING: "hand",
    State.DRAFTED: "hand",
    State.CHECKED: "hand",
    State.SIGNED: "hand",
    State.REPLIED: "ask",
    State.REHANDLING: "again",
    State.EVALUATED: "ask",
    State.CLOSED: "done",
    State.WITHDRAWN: "out",
    State.VOID: "out",
}
