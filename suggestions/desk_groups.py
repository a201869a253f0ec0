"""The groups of each desk: which cases stand in them, by which day they are ordered, what is done
with them. The order is that of urgency; a case stands in the first group that it fits.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q

from congress.roles import Role
from suggestions.models import CaseUnit, Standing, Step, works_for
from suggestions.moment import GIVES_UNITS
from suggestions.steps import AFTER_REPLY, IN_REVIEW, UNDERWAY, WITH_UNIT
from suggestions.words import HANDED_OVER, Origin, RaisedAt, State, UnitRole, Way

PROMISE = timedelta(days=30)  # so long before its day a promise stands on the desk
EVERY = Q()
WAITING = "等我办理"
OF_GOVERNMENT = {State.DISTRIBUTING: "分办", State.DRAFTED: "核稿", State.CHECKED: "签发"}


@dataclass(frozen=True)
class Kind:
    """One group of the desk: which standings are in it, by which day they are ordered, and which
    step is taken (none: the row opens the case). `lit`: the day is a last day and has its light.
    `bulk`: a step that may be taken for many at once. `part`: under which heading of the desk it
    stands; `word`: what it is called there, and what a row without a light says of itself.
    """

    key: str
    title: str
    rows: Q
    day: str = "case__raised_on"
    step: str = ""
    lit: bool = False
    bulk: str = ""
    word: str = ""
    part: str = WAITING


def own_standings(user):
    """The cases in force that are this person's to move: a unit's while it has them, with what of
    them that unit has done since it has them.
    """
    rows = Standing.objects.visible_to(user).filter(ends=None, case__raised_at=RaisedAt.TOWNSHIP)
    return _held(rows, user.unit_id) if user.role == Role.UNIT else rows


def _held(rows, unit):
    """Sets of cases, each read once, not asked for row by row: a unit may have thousands."""
    mine = works_for(unit)
    held = CaseUnit._base_manager.filter(mine, ends=None)
    steps = Step._base_manager.filter(
        works_for(unit, "case__units__"), superseded_at=None, case__units__ends=None,
        on__gte=F("case__units__starts"),
    )  # fmt: skip
    signed = steps.filter(name="签收", unit__isnull=False)
    handed = Step._base_manager.filter(name="交办", data__layer=True, superseded_at=None)
    return rows.filter(case__in=held.values("case")).annotate(
        leads=_is_in(held.filter(role=UnitRole.LEAD)),
        signed=_is_in(signed.filter(mine)),
        others_signed=_is_in(signed.exclude(mine)),
        answered=_is_in(steps.filter(mine, name="答复")),
        opined=_is_in(steps.filter(mine, name="协办意见")),
        layered=_is_in(handed.filter(case__in=held.values("case"))),
    )


def _is_in(rows):
    """Whether a standing is of a case among these rows."""
    return ExpressionWrapper(Q(case__in=rows.values("case")), output_field=BooleanField())


def kinds_for(user, today, orange, layer):
    """The groups of this person's desk, in their order; `orange`: days left at which a deadline is
    near; `layer`: whether the government's own layer is switched on: without it its office moves
    nothing, and the clerk what was left there.
    """
    if user.role == Role.UNIT:
        return _of_unit(today, orange)
    if user.role == Role.GOVERNMENT:
        return _of_government(today, orange) if layer else ()
    return _of_office(today, orange, layer)


def step_on(user, row, layer):
    """The step that comes next on a row whose group names none; "": the case is opened. `layer`:
    whether the government's own layer is switched on at the case's place.
    """
    if user.role == Role.UNIT:
        return _step_of_unit(row, layer and row.layered and row.way == Way.ASSIGNED)
    if user.role == Role.GOVERNMENT or not layer:
        return OF_GOVERNMENT.get(row.state, "催办")
    return "催办"


def _step_of_unit(row, layered):
    """As the conditions of the table of steps allow it to a unit."""
    if not row.signed and (row.state == State.ASSIGNED or row.others_signed):
        return "签收"
    if not row.leads:
        return "协办意见"
    if row.state == State.SIGNED:
        return "再次答复" if row.replied_on else "答复"
    if row.state not in (State.HANDLING, State.REHANDLING):
        return ""
    if row.origin == Origin.DEPUTY and not row.contacted_on:
        return "面商"
    if layered:
        return "拟稿"
    return "再次答复" if row.state == State.REHANDLING else "答复"


def _running(today, orange, rows=EVERY, bulk="催办"):
    """Past the deadline, and near it."""
    soon = today + timedelta(days=orange)
    rows &= Q(state__in=UNDERWAY, deadline__isnull=False)
    day, near = {"day": "deadline", "lit": True, "bulk": bulk}, f"{orange}日内到期"
    return (
        Kind("late", "已超期", rows & Q(deadline__lt=today), part="已超期", **day),
        Kind("soon", near, rows & Q(deadline__lte=soon), part=near, **day),
    )


def _one_gave_back(more=EVERY):
    """One of several leads gave the case back, and nothing was handed out since: the others go on,
    and who handed it out says whether another unit takes the part.
    """
    after = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), order__gt=OuterRef("order"))
    given = Step._base_manager.filter(
        after, case=OuterRef("case"), name__in=GIVES_UNITS, superseded_at=None
    )
    back = Step._base_manager.filter(
        ~Exists(given), name="退回", data__rest=True, superseded_at=None
    )
    rows = more & Q(state__in=WITH_UNIT, case__in=back.values("case"))
    return Kind("one-returned", "一个主办单位退回，请定由谁办", rows, "deadline", "分办",
                word="一家退回")  # fmt: skip


def _promises(today, more=EVERY):
    rows = more & Q(state__in=AFTER_REPLY, promised_on__lte=today + PROMISE, kept_on=None)
    return Kind("promises", "承诺到期", rows, "promised_on", "承诺落实", lit=True, word="承诺到期")


def _of_office(today, orange, layer):
    asked, decide = Q(state__in=UNDERWAY), {"part": "等主席团决定"}
    handed = Q(handed_on__isnull=False)
    # Answered on the spot and found wanting: no unit has it yet.
    unhanded = Q(state=State.REHANDLING) & ~Q(way__in=HANDED_OVER)
    late, soon = _running(today, orange, ~unhanded)
    return (
        Kind("extension", "申请延期，等主席团决定", asked & Q(extension_asked_on__isnull=False),
             "extension_asked_on", "延期", word="申请延期", **decide),
        Kind("transfer", "申请改办，等交办人同意", asked & Q(transfer_asked_on__isnull=False),
             "transfer_asked_on", "改办", word="申请改办", **decide),
        Kind("returned", "退回来的，改由哪个单位办", Q(state=State.ACCEPTED) & handed,
             "handed_on", "改办", word="退回来的", **decide),
        Kind("twice", "两次不满意，请主席团研究", Q(state=State.EVALUATED, dissatisfied__gte=2),
             "evaluated_on", "办结", word="两次不满意", **decide),
        late, soon,
        Kind("hand-over", "等我交办", Q(state=State.ACCEPTED) | unhanded, step="交办", bulk="交办",
             word="待交办"),
        Kind("register", "等我登记", Q(state=State.SUBMITTED), step="登记", bulk="登记",
             word="待登记"),
        Kind("accept", "等主席团审查", Q(state=State.REGISTERED), step="受理", bulk="受理",
             word="待审查"),
        Kind("close", "等我办结", Q(state=State.EVALUATED), "evaluated_on", "办结", bulk="办结",
             word="待办结"),
        Kind("distribute", "等政府办分办" if layer else "等我分办", Q(state=State.DISTRIBUTING),
             "handed_on", "分办", word="待分办"),
        _one_gave_back(~Q(way=Way.ASSIGNED) if layer else EVERY),
        *(() if layer else _before_sending()),
        Kind("repair", "等代表补正", Q(state=State.REPAIR), step="登记", word="待补正"),
        Kind("judge", "等代表评价", Q(state=State.REPLIED), "evaluate_by", "评价", word="待评价"),
        _promises(today),
    )  # fmt: skip


def _before_sending():
    """Replies that are checked and signed before they go out."""
    return (
        Kind("check", "等我核稿", Q(state=State.DRAFTED), "deadline", "核稿", word="待核稿"),
        Kind("sign", "等领导签发", Q(state=State.CHECKED), "deadline", "签发", word="待签发"),
    )


def _of_government(today, orange):
    asked = Q(state__in=UNDERWAY, transfer_asked_on__isnull=False)
    return (
        Kind("transfer", "申请改办", asked, "transfer_asked_on", "改办", word="申请改办",
             part="等我决定"),
        *_running(today, orange),
        Kind("distribute", "等我分办", Q(state=State.DISTRIBUTING), "handed_on", "分办",
             bulk="分办", word="待分办"),
        _one_gave_back(), *_before_sending(),
    )  # fmt: skip


def _of_unit(today, orange):
    lead = Q(leads=True)
    handling = lead & Q(state=State.HANDLING, answered=False)
    theirs = lead & (Q(state__in=(State.ASSIGNED, State.REHANDLING, State.SIGNED)) | handling)
    unsigned = Q(state=State.ASSIGNED) | Q(state__in=WITH_UNIT, others_signed=True)
    opinion = Q(leads=False, opined=False, state__in=WITH_UNIT | IN_REVIEW)
    day = {"day": "deadline", "lit": True}
    return (
        *_running(today, orange, theirs, bulk=""),
        Kind("sign-for", "等我签收", unsigned & Q(signed=False), bulk="签收", word="待签收", **day),
        Kind("send", "已经签发，等我发出", lead & Q(state=State.SIGNED), word="待发出", **day),
        Kind("again", "代表不满意，重新办理", lead & Q(state=State.REHANDLING), word="重新办理",
             **day),
        Kind("handle", "办理中", handling, word="办理中", **day),
        Kind("opinion", "等我提协办意见", opinion, "opinion_by", lit=True, word="待提意见"),
        Kind("drafted", "等政府办核稿、签发",
             lead & Q(state__in=(State.DRAFTED, State.CHECKED)), word="送审中", **day),
        _promises(today, lead),
    )  # fmt: skip
