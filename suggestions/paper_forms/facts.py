"""What the record says for a form: every word that forms.toml may use, empty where unknown."""

from dataclasses import dataclass

from django.db.models import Prefetch

from congress.county_settings import reader_everywhere
from congress.models import Place
from congress.period import chinese_day
from congress.roles import Role
from congress.scoping import OPERATOR
from suggestions.case_facts import may_see_phone
from suggestions.deadlines import reckoning
from suggestions.merging import handling_steps
from suggestions.models import Case, CaseUnit, Standing, Step
from suggestions.moment import Moment
from suggestions.paper_forms.boxes import contact_boxes, judgement_boxes
from suggestions.paper_forms.catalogue import blanks
from suggestions.paper_forms.people import people_facts
from suggestions.plain_words import is_unstated
from suggestions.projection import not_begun
from suggestions.steps import AFTER_REPLY, IN_REVIEW
from suggestions.words import HANDED_OVER, Kind, Occasion, Origin, State, UnitRole

REPLIES = ("答复", "再次答复")
AGAIN = frozenset({"重新办理", "重开"})
OFFICE_PHONE = "suggestions.office_phone"
RETURN_RULE = "三、不属于本单位职责的，于{}前书面说明理由退回，未经交办人同意不转交。"
NOT_REGISTERED = "未编号-"
COUNTY_CODE = 6  # digits
DAYS = frozenset(
    "raised_on handed_on noticed_on deadline replied_on evaluate_by extension_asked_on "
    "extension_due granted_due promise_due pressed_on supervised_on signed_day blank_day".split()
)
NUMBERS = frozenset("hand_over_number press_number supervise_number reply_number".split())


@dataclass(frozen=True)
class CaseFacts:
    """A case as its forms show it: `texts` by word, `cosigners` as rows of texts."""

    case: object
    standing: object
    texts: dict
    cosigners: list


def gather(cases, today, *, user, phones=False, reply=None):
    """[CaseFacts] of cases read by `read_cases`; phones stay masked where `phones` is not set, or
    where this user may not see them. `reply`: which of several is told, else the last.
    """
    counties, read = _counties(cases), reader_everywhere((OFFICE_PHONE,))
    found = []
    for case in cases:
        standing = standing_of(case)
        seen = phones and may_see_phone(Moment(case, user, today))
        people, cosigners = people_facts(case, standing, seen)
        county = counties.get(case.place.code[:COUNTY_CODE], "")
        phone = read(OFFICE_PHONE, case.place, today)
        told = reply or next(reversed(replies_of(case, standing, user)), None)
        texts = (
            _place_facts(case.place.name, county, user, phone)
            | people
            | _case_facts(case, standing)
            | _unit_facts(case)
            | _deadline_facts(case, standing, today)
            | _step_facts(case)
            | _reply_facts(case, standing, county, told)
            | _judgement_facts(case, standing)
        )
        found.append(CaseFacts(case, standing, texts, cosigners))
    return found


def read_cases(user, pks):
    """The cases with these keys that the user sees, with all that a form needs, in the order of the
    keys: the same few queries however many.
    """
    standing = Standing._base_manager.filter(ends=None).select_related("category")
    steps = Step._base_manager.filter(superseded_at=None).select_related("unit", "entered_by")
    units = CaseUnit._base_manager.filter(ends=None).select_related("unit")
    cases = (
        Case.objects.visible_to(user)
        .filter(pk__in=pks)
        .select_related("place", "meeting", "station")
        .prefetch_related(
            "proposers__person__mandates",
            "proposers__person__village",
            "villages",
            Prefetch("standings", standing, "in_force"),
            Prefetch("steps", steps.order_by("on", "order", "pk"), "valid_steps"),
            Prefetch("units", units.order_by("pk"), "present_units"),
        )
    )
    found = {case.pk: case for case in cases}
    handled = handling_steps([s for case in cases for s in case.in_force if s.merged_into_id])
    for case in cases:
        case.handling = handled.get(case.pk, case.valid_steps)
    return [found[pk] for pk in dict.fromkeys(pks) if pk in found]


def standing_of(case):
    """What a case is now; one without a step is a draft."""
    return case.in_force[0] if case.in_force else not_begun(case)


def _counties(cases):
    codes = {case.place.code[:COUNTY_CODE] for case in cases}
    return dict(
        Place.objects.visible_to(OPERATOR).filter(code__in=codes).values_list("code", "name")
    )


def _place_facts(place, county, user, phone):
    full = f"{county}{place}"
    return {
        "place": place,
        "congress": f"{full}人民代表大会",
        "presidium": f"{full}人民代表大会主席团",
        "contact": user.name if user.role == Role.CLERK else "",
        "contact_phone": phone,
        "blank_day": "",
    }


def _case_facts(case, standing):
    citizen = standing.origin == Origin.CITIZEN
    kind = Kind.OPINION.value if citizen else case.kind
    where = case.meeting or case.station or ""
    reception = standing.occasion == Occasion.RECEPTION
    return {
        "record_name": f"{'接待选民' if reception else '群众意见'}登记表",
        "villages": "、".join(village.name for village in case.villages.all()),
        "station": str(case.station or ""),
        "matter": f"{'群众' if citizen else '代表'}{kind}",
        "kind": kind,
        "number": "" if case.number.startswith(NOT_REGISTERED) else case.number,
        "title": case.title,
        "body": case.body,
        "category": str(standing.category or ""),
        "raised_on": _day(case.raised_on),
        "occasion": f"{standing.occasion}（{where}）" if where else standing.occasion,
        "public": "可以公开" if case.public else "不公开",
        "state": standing.state,
    }


def _unit_facts(case):
    names = {role: [] for role in UnitRole.values}
    for row in case.present_units:
        names[row.role].append(row.unit.name)
    return {"units": "、".join(names[UnitRole.LEAD]), "co_units": "、".join(names[UnitRole.CO])}


def _deadline_facts(case, standing, today):
    found = reckoning(case.handling, standing, today)
    by_law = standing.origin != Origin.CITIZEN
    again = [step for step in case.handling if step.name in AGAIN]
    return_by = _day(standing.return_by) or blanks()["day"]
    return {
        "notice": "重新办理通知单" if again else "交办通知单",
        "noticed_on": _day(again[-1].on if again else standing.handed_on),
        "return_rule": "" if again else RETURN_RULE.format(return_by),
        "supervised_by": "主席团督促办理：代表法第五十二条" if by_law else "",
        "longest": "，自交办之日起合计不超过六个月" if by_law and not again else "",
        "handed_on": _day(standing.handed_on),
        "deadline": _day(standing.deadline),
        "evaluate_by": _day(standing.evaluate_by),
        "reckoning": found.words if found else "",
        "source": found.source if found else "",
        "left": _left(found),
        "extension_asked_on": _day(standing.extension_asked_on),
    }


def _left(found):
    """How long the unit still has; empty where no deadline runs."""
    if found is None:
        return ""
    if found.answered:
        return "已书面答复"
    return found.left_text if found.runs else ""


def _step_facts(case):
    steps = {step.name: step for step in case.valid_steps}  # the last of each name

    def fact(name, part):
        step = steps.get(name)
        value = step and (step.data.get(part) or getattr(step, part, ""))
        return str(value or "")

    def day(name, part="on"):
        return _day(getattr(steps[name], part)) if name in steps else ""

    leader, said = fact("批示", "leader"), fact("批示", "note")
    told_on, told = day("告知群众"), fact("告知群众", "note")
    return {
        "told": f"{told_on}　{told}".strip(),
        "instruction": f"{leader}：{said}" if leader and said else said,
        "press_note": fact("催办", "note"),
        "pressed_on": day("催办"),
        "supervisor": fact("督办", "leader"),
        "supervise_note": fact("督办", "note"),
        "supervised_on": day("督办"),
        "extension_note": fact("申请延期", "note"),
        "extension_due": day("申请延期", "due"),
        "granted_due": day("延期", "due"),
        "hand_over_number": next(filter(None, (fact(way, "number") for way in HANDED_OVER)), ""),
        "press_number": fact("催办", "number"),
        "supervise_number": fact("督办", "number"),
    }


def replies_of(case, standing, user):
    """The replies that a letter may tell, the last at the end: of several lead units the latest of
    each, a unit only its own; a draft on its way to the signature, which is no deputy's business.
    """
    drafts = ("拟稿",) if standing.state in IN_REVIEW and user.role != Role.DEPUTY else ()
    found = {}
    for step in case.handling:
        if step.name in (*REPLIES, *drafts):
            found.pop(step.unit_id, None)
            found[step.unit_id] = step
    leads = {row.unit_id for row in case.present_units if row.role == UnitRole.LEAD}
    if user.role == Role.UNIT and user.unit_id in found:
        return [found[user.unit_id]]
    several = [step for unit, step in found.items() if unit in leads]
    return several if len(leads) > 1 and several else list(found.values())[-1:]


def _reply_facts(case, standing, county, reply):
    """The letter: signed by the government, or by the unit that replied."""
    data = reply.data if reply else {}
    leads = [row.unit for row in case.present_units if row.role == UnitRole.LEAD]
    unit = (reply.unit if reply else None) or (leads[0] if leads else None)
    signed = [step for step in case.handling if step.name == "签发"]
    government = f"{county}{case.place.name}人民政府"
    result = (reply.result if reply else "") or standing.result_class
    number = data.get("number") or (signed[-1].data.get("number") if signed else "")
    by = reply.entered_by if reply else None
    return {
        "replier": government if signed or unit is None else unit.name,
        "reply_number": number or "",
        "result_class": f"{result}类" if result else "",
        "replied_on": _day(reply.on) if reply and reply.name in REPLIES else "",
        "reply": reply.note if reply else "",
        "promise": data.get("promise") or "",
        "promise_due": _day(reply.due if reply else None),
        "promise_by": data.get("promise_by") or "",
        "handler": by.name if by and by.role == Role.UNIT else "",
        "handler_phone": unit.phone if unit else "",
    }


def _judgement_facts(case, standing):
    talks = [step for step in case.handling if step.name == "面商"]
    judged = [step for step in case.valid_steps if step.name == "评价"]
    holds = _holds(standing)
    last = judged[-1] if judged and standing.evaluation and holds else None
    return {
        "contact_boxes": contact_boxes(talks[-1] if talks else None),
        "attitude_boxes": judgement_boxes(standing.attitude if holds else ""),
        "result_boxes": judgement_boxes(standing.evaluation if holds else ""),
        "opinion": last.note if last else "",
        "signed_day": _day(last.on) if last else "",
    }


def _holds(standing):
    """Whether what was judged is the latest reply: a new one is judged on an unmarked sheet."""
    if standing.state == State.REPLIED:
        return False
    state = standing.handled_state or standing.state
    return state not in AFTER_REPLY or not standing.evaluation or not is_unstated(standing)


def _day(day):
    return chinese_day(day) if day else ""
