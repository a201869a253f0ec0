"""Why a step that the table of steps offers may still not be taken: each condition looks at a
Moment and gives the reason in Chinese, or nothing.

They bind live steps alone: what a ledger tells of happened, whether or not it should have.
"""

from congress.roles import Role
from suggestions.words import HANDED_OVER, Origin, State


class StepRefused(Exception):
    """The step may not be taken now, or not by this person; the message says why in Chinese."""


def not_yet_begun(moment):
    return "这一件已经有办理记录" if moment.steps else None


def is_written(moment):
    """A draft is handed in with what it is about and its day (代表法 24: 具体明确)."""
    case = moment.case
    return None if case.title.strip() and case.raised_on else "还没有写标题和提出日期，不能提交"


def not_handed_over(moment):
    """Once; after a return to the presidium it decides anew, and the deadline runs on."""
    if moment.standing.handed_on and not moment.returned:
        return "这一件已经交办过；要换承办单位，请用“改办”，期限接着算"
    return None


def lies_with_somebody(moment):
    """Nobody can be pressed before the hand-over, nor after a return until it is handed on."""
    if moment.standing.way in HANDED_OVER and moment.standing.state != State.ACCEPTED:
        return None
    return "这一件还没有交办，没有承办单位，不用催"


def handed_over_before(moment):
    return None if moment.standing.handed_on else "这一件还没有交办"


def with_layer(moment):
    """The government's own layer: its office hands out, checks and has signed (a township may
    switch it off).
    """
    return None if moment.layer else "本乡镇没有设政府办分办、核稿、签发这一层"


def not_signed_for(moment):
    """A unit signs for a case once; the office enters the paper while a lead has not signed."""
    signed = {step.unit_id for step in moment.since_distributed() if step.name == "签收"}
    if moment.user.role != Role.UNIT:
        leads = moment.leads
        waits = len(leads) > 1 and None not in signed and not signed.issuperset(leads)
        return None if waits or moment.standing.state == "待签收" else "已经签收"
    by_lead = None in signed and moment.leads == [moment.own_unit]  # entered without a name
    return "本单位已经签收" if by_lead or moment.own_unit in signed else None


def within_return_window(moment):
    """A unit may send a case back within some working days; later it asks who handed it over."""
    by = moment.return_by if moment.user.role == Role.UNIT else None
    if not by or moment.day <= by:
        return None
    return f"退回期限到{by:%Y-%m-%d}为止，已经过了。要改由别的单位办，请用“申请改办”，经交办人同意"


def has_lead(moment):
    return None if moment.leads else "这一件现在没有主办单位，还不能报送答复稿"


def not_replied(moment):
    """Of several leads one that replied in this round is done with it, whatever the others owe."""
    replied = moment.user.role == Role.UNIT and moment.own_unit in moment.replied_in_round
    return "本单位已经答复，等其他主办单位答复。要改答复，请联系交办人" if replied else None


def no_transfer_asked(moment):
    return "改办已经申请，等交办人决定" if moment.standing.transfer_asked_on else None


def transfer_asked(moment):
    return None if moment.standing.transfer_asked_on else "没有等着决定的改办申请"


def has_helpers(moment):
    return None if moment.standing_helpers else "这一件没有协办单位"


def not_key(moment):
    return "这一件已经是重点督办建议" if moment.standing.key_on else None


def may_ask_extension(moment):
    """Asked once, before the deadline (domain.md, step 9)."""
    standing = moment.standing
    if standing.extension_asked_on:
        return "延期已经申请，等主席团决定"
    if standing.deadline and moment.has_day and moment.day > standing.deadline:
        return f"答复期限是{standing.deadline:%Y-%m-%d}，延期要在期限之前申请"
    return not_extended(moment)


def not_extended(moment):
    if moment.standing.deadline is None:
        return "这一件没有答复期限"
    on = moment.standing.extended_on
    return f"{on:%Y-%m-%d}已经延期过一次，只能延期一次" if on else None


def extension_asked(moment):
    return None if moment.standing.extension_asked_on else "没有等着决定的延期申请"


def by_law(moment):
    """Six months are for deputies' suggestions (代表法 51); citizens' opinions have the county's
    own deadline.
    """
    return None if moment.standing.origin == Origin.DEPUTY else "群众意见的期限由县里规定"


def not_complex(moment):
    if moment.standing.handed_on is None:
        return "这一件还没有交办"
    if moment.answered_again:
        return "重新办理的期限另外起算，要更多时间请用“延期”"
    return "这一件已经定为疑难" if moment.standing.complex else None


def contacted(moment):
    """A unit talks with the deputy before it replies (代表法 51); the office types in what the
    paper says.
    """
    of_deputy = moment.standing.origin == Origin.DEPUTY
    if moment.user.role != Role.UNIT or not of_deputy or moment.standing.contacted_on:
        return None
    return "答复以前要先同代表沟通（代表法第五十一条）。请先记“面商”：形式、同谁谈的、哪一天"


def _signed_for_another(moment):
    """Of several leads each sends the letter that it drafted itself."""
    drafts = [step for step in moment.steps if step.name == "拟稿"]
    others = drafts and drafts[-1].unit_id not in (None, moment.own_unit)
    return f"签发的是{drafts[-1].unit.name}的答复，由它发出" if others else None


def first_reply(moment):
    """Of several leads each has a first reply; what was sent back is answered again, unless it was
    answered on the spot only.
    """
    return "这一件答复过，请用“再次答复”" if moment.answered_again else None


def replied_before(moment):
    if moment.standing.state == "待发出" and not moment.again:
        return "这是第一次答复，请用“答复”"
    return None if moment.standing.replied_on else "这一件还没有答复过，请用“答复”"


def signed_by_government(moment):
    """With the government's layer a unit sends what was checked and signed; after that the
    government's office does.
    """
    if moment.user.role == Role.UNIT and moment.standing.state == "待发出":
        return _signed_for_another(moment)
    if moment.user.role != Role.UNIT or not moment.layer:
        return None
    if moment.standing.state in ("办理中", "重新办理"):
        return "答复要经政府办核稿、领导签发。请先用“报送答复稿”"
    return "已经答复过，补充答复由政府办发出"


def answered(moment):
    return None if moment.standing.replied_on or moment.standing.way == "当场答复" else "还没有答复"


def unanswered(moment):
    answered = moment.standing.replied_on or moment.standing.way == "当场答复"
    return "已经答复，不能再撤回" if answered else None


def no_followers(moment):
    """A case that others were merged into does not go away under them."""
    numbers = moment.followers
    if not numbers:
        return None
    return f"{'、'.join(numbers)}并入了这一件，各自都要答复。请先对它们“取消并案”"


def may_close(moment):
    """Not before the deputy had time to judge; what was sent back is answered first."""
    standing = moment.standing
    if standing.state == "重新办理":
        return "代表不满意，正在重新办理，再次答复以后才能办结"
    waits = standing.state == "待评价" and standing.origin == Origin.DEPUTY
    if waits and standing.evaluate_by and moment.has_day and moment.day <= standing.evaluate_by:
        by = standing.evaluate_by
        return f"代表还没有评价，评价期限到{by:%Y-%m-%d}。代表已经在纸上评价的，请先“代录评价”"
    if standing.state == "待评价" and moment.has_day and moment.reply_is_missing:
        return "代表说没有收到答复。请先补送，再等代表评价"
    return None


def promised(moment):
    standing = moment.standing
    if standing.promised_on is None:
        return "这一件没有承诺事项"
    return f"承诺已在{standing.kept_on:%Y-%m-%d}兑现" if standing.kept_on else None
