"""Links that open one case without sign-in: made by the office, held by the lead deputy or a unit.

Looking never uses a link up. The holder is a Guest: advance and the doors treat it as the deputy or
the unit, on this one case.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress import audit, tokens
from congress.roles import WRITING_ROLES, Role
from congress.scoping import OPERATOR, Guest
from suggestions.holding import hold
from suggestions.models import CaseLink, LinkPurpose
from suggestions.moment import Moment
from suggestions.steps import ENDED
from suggestions.words import Origin, State
from suggestions.workflow import open_rules

LIFE = {LinkPurpose.EVALUATE: timedelta(days=30), LinkPurpose.HANDLE: timedelta(days=120)}
BEYOND = timedelta(days=30)  # a unit that is late still answers by its link
# The government does not hand out the evaluation of its own replies.
MAKERS = {
    LinkPurpose.EVALUATE: WRITING_ROLES,
    LinkPurpose.HANDLE: WRITING_ROLES | {Role.GOVERNMENT},
}
PAGES = {LinkPurpose.EVALUATE: "link-evaluate", LinkPurpose.HANDLE: "link-unit"}
NOT_YOURS = {LinkPurpose.EVALUATE: "评价二维码由乡镇人大发", LinkPurpose.HANDLE: "链接由交办人发"}
USED, EXPIRED, REVOKED, UNKNOWN = "已用过", "过期", "已收回", "没有这个链接"
RETURNED = "已退回"


class LinkDead(Exception):
    """The link opens nothing; the message says why in Chinese. `kind`: USED, EXPIRED, REVOKED,
    RETURNED or UNKNOWN; `link`: None where there is none.
    """

    def __init__(self, kind, message, link=None):
        super().__init__(message)
        self.kind, self.link = kind, link


class LinkRefused(Exception):
    """No such link can be made now; the message says why in Chinese."""


def make(case, purpose, user, now, unit=None):
    """A new link of `purpose` (评价, or 办理 for `unit`): (link, path of its page). The path holds
    the token, which is nowhere else; an earlier link of that purpose and unit is void.
    LinkRefused: not by this person, or the case is not there.
    """
    reason = why_not(case, purpose, user, unit)
    if reason:
        raise LinkRefused(reason)
    token = tokens.new()
    with transaction.atomic(), audit.acting(user):
        _lock(case)
        _open(case, purpose, unit).update(revoked_at=now)
        link = CaseLink(
            case=case,
            purpose=purpose,
            unit=unit,
            token=tokens.digest(token),
            made_by=user,
            made_at=now,
            expires=now + LIFE[purpose],
        )
        link.save()
        _note("create", link, f"{case.number}：发{name_of(link)}")
    link.expires = _end(link, case.standings.get(ends=None))
    return link, reverse(PAGES[purpose], args=[token])


def why_not(case, purpose, user, unit=None, standing=None):
    """Why this user cannot make that link now, in Chinese; empty where it can be made. `standing`:
    what the case is now, where it was read already.
    """
    if user.role not in MAKERS[purpose]:
        return NOT_YOURS[purpose]
    if purpose == LinkPurpose.HANDLE:
        taking_part = unit and case.units.filter(unit=unit, ends=None).exists()
        return "" if taking_part and not _is_over(case) else "这个单位现在不承办这一件"
    moment = Moment(case, _deputy(case))
    if standing is not None:
        moment.standing = standing
    may = any(rule.name == "评价" for rule in open_rules(moment))
    return "" if may else "还没有答复，或者已经重新办理、办结，现在不用评价"


def guest_of(token, now, purpose):
    """(link, the Guest who holds it) for a token of that purpose. LinkDead: used, expired, revoked,
    unknown; a unit's link also when the case is over or went to another unit meanwhile.
    """
    rows = CaseLink.objects.visible_to(OPERATOR).filter(token=tokens.digest(token))
    rows = rows.filter(purpose=purpose)
    link = rows.select_related("case__place", "case__meeting", "unit").first()
    if link is None:
        raise LinkDead(UNKNOWN, "没有这个链接，可能没有复制全，请重新扫码。")
    if link.purpose == LinkPurpose.EVALUATE and link.used_at:
        raise LinkDead(USED, "这个链接已经用过了，一个链接只评价一次。", link)
    if link.revoked_at:
        raise LinkDead(REVOKED, "这个链接已经收回，后来可能又发过新的，请用新的。", link)
    standing = link.case.standings.filter(ends=None).first()
    link.expires = _end(link, standing)
    if now >= link.expires:
        raise LinkDead(EXPIRED, "这个链接过期了，请乡镇人大再发一个。", link)
    if link.purpose == LinkPurpose.EVALUATE:
        return link, _deputy(link.case)
    _refuse_who_handles_no_more(link, standing)
    return link, _unit(link)


def _end(link, standing):
    """When a link ends; a unit's not before what it owes by now: the reply within the deadline,
    which may be six months and extended, and the promise, which may be years.
    """
    if link.purpose == LinkPurpose.EVALUATE or standing is None:
        return link.expires
    promise = None if standing.kept_on else standing.promised_on
    owed = [day for day in (standing.deadline, promise) if day]
    zone = timezone.get_current_timezone()
    return max([link.expires, *(datetime.combine(day, time.min, zone) + BEYOND for day in owed)])


def _refuse_who_handles_no_more(link, standing):
    if standing is not None and _over(standing):
        raise LinkDead(EXPIRED, "这一件已经结束，链接不再用了。", link)
    if _still_handles(link):
        return
    if _gave_back(link):
        raise LinkDead(RETURNED, f"{link.unit.name}已经把这一件退回，由交办人另行安排。", link)
    raise LinkDead(REVOKED, "这一件已经改由别的单位办理，链接不再用了。", link)


def spend(link, now):
    """Use an evaluation link up, inside the transaction that evaluates. LinkDead: the other of two
    clicks was faster.
    """
    _lock(link.case)
    open_ = _open(link.case, link.purpose, link.unit).filter(pk=link.pk, used_at=None)
    if not open_.update(used_at=now):
        raise LinkDead(USED, "这个链接已经用过了，一个链接只评价一次。", link)


def note_use(link, now):
    """A unit took a step by its link."""
    _open(link.case, link.purpose, link.unit).filter(pk=link.pk).update(used_at=now)


def revoke(link, user, now):
    """Take a link back. False: it was used or revoked before. LinkRefused: not by this person."""
    if user.role not in MAKERS[link.purpose]:
        raise LinkRefused(NOT_YOURS[link.purpose])
    with transaction.atomic(), audit.acting(user):
        done = _open(link.case, link.purpose, link.unit).filter(pk=link.pk).update(revoked_at=now)
        if done:
            _note("update", link, f"{link.case.number}：收回{name_of(link)}")
    return bool(done)


def name_of(link):
    """What the link is called: 评价二维码, 镇水务站的办理链接."""
    return f"{link.unit.name}的办理链接" if link.unit else "评价二维码"


def on_page(user, case, now, facts=None):
    """What the part `suggestions/_links.html` is drawn from: [{purpose, unit, role, link, why}],
    a row for each link that there may be; empty for who makes none. `why`: why not now. `facts`:
    standing and units of the case, where the page has read them already.
    """
    purposes = [purpose for purpose in LinkPurpose if user.role in MAKERS[purpose]]
    if not purposes:
        return []
    facts = facts or {
        "standing": case.standings.filter(ends=None).first(),
        "units": case.units.filter(ends=None).select_related("unit"),
    }
    open_links = {}
    for link in CaseLink.objects.visible_to(user).filter(case=case, revoked_at=None):
        link.expires = _end(link, facts["standing"])
        if link.expires > now and _stands(link):
            open_links[link.purpose, link.unit_id] = link
    return [
        row | {"link": open_links.get((row["purpose"], row["unit"].pk if row["unit"] else None))}
        for row in _rows(user, case, purposes, **facts)
    ]


def _rows(user, case, purposes, standing, units):
    if LinkPurpose.EVALUATE in purposes:
        why = why_not(case, LinkPurpose.EVALUATE, user, standing=standing)
        citizen = bool(standing and standing.origin == Origin.CITIZEN)
        row = {"purpose": LinkPurpose.EVALUATE, "unit": None, "role": "", "why": why}
        yield row | {"citizen": citizen}
    if standing and not _over(standing):
        for row in units:
            yield {"purpose": LinkPurpose.HANDLE, "unit": row.unit, "role": row.role, "why": ""}


def _still_handles(link):
    """Whether the unit has handled the case ever since the link was made: one that lost the case
    and got it back is sent a new link. Spans of days that touch are one.
    """
    spans = link.case.units.filter(unit=link.unit).values_list("starts", "ends")
    # Of two spans that end on one day the earlier one counts.
    since = {ends: starts for starts, ends in sorted(spans, key=lambda span: span[0], reverse=True)}
    made = link.made_at.astimezone(timezone.get_current_timezone()).date()
    first = since.pop(None, None)
    while first is not None and first > made:
        first = since.pop(first, None)
    return first is not None


def _gave_back(link):
    """Whether the unit sent the case back since the link was made."""
    returned = link.case.steps.filter(name="退回", unit=link.unit, superseded_at=None)
    return returned.filter(entered_at__gte=link.made_at).exists()


def _stands(link):
    return link.purpose == LinkPurpose.HANDLE or link.used_at is None


def _deputy(case):
    """Who holds the evaluation link: the lead proposer; of a citizen's opinion the citizen."""
    lead = next(iter(case.proposers.all()), None)
    name = str(lead.person or lead.name) if lead else "提出人"
    person = lead.person_id if lead else None
    return Guest(Role.DEPUTY, case.place, f"{name}（评价链接）", only=case.pk, person_id=person)


def _unit(link):
    name = f"{link.unit.name}（办理链接）"
    return Guest(Role.UNIT, link.case.place, name, only=link.case_id, unit_id=link.unit_id)


def _is_over(case):
    standing = case.standings.filter(ends=None).first()
    return standing is not None and _over(standing)


def _over(standing):
    """Whether no unit has anything to do any more; a promise is owed beyond the closing."""
    owed = standing.promised_on and not standing.kept_on
    return standing.state in ENDED and not (standing.state == State.CLOSED and owed)


def _lock(case):
    """Who makes or spends a link holds the case first, as `advance` does: no deadlock."""
    hold(case, OPERATOR)


def _open(case, purpose, unit):
    """The links of a purpose that can be used or revoked; of one purpose and unit at most one."""
    rows = CaseLink.objects.visible_to(OPERATOR).filter(case=case, purpose=purpose, unit=unit)
    rows = rows.filter(revoked_at=None)
    return rows.filter(used_at=None) if purpose == LinkPurpose.EVALUATE else rows


def _note(action, link, detail):
    """One line in the audit trail; the digest stays out of it."""
    audit.note(action, link, before=link, detail=detail)
