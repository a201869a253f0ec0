"""What the record says for a form: every word that forms.toml may use, empty where unknown."""

from dataclasses import dataclass

from django.db.models import Prefetch

from congress.models import Place
from congress.period import chinese_day
from congress.roles import Role
from congress.scoping import OPERATOR
from suggestions.case_facts import may_see_phone
from suggestions.deadlines import reckoning
from suggestions.models import Case, CaseUnit, Standing, Step
from suggestions.moment import Moment
from suggestions.paper_forms.boxes import contact_boxes, judgement_boxes
from suggestions.paper_forms.people import people_facts
from suggestions.projection import not_begun
from suggestions.words import Kind, Origin, UnitRole

REPLIES = ("答复", "再次答复")
NOT_REGISTERED = "未编号-"
COUNTY_CODE = 6  # digits
DAYS = frozenset(
    "raised_on handed_on deadline return_by replied_on evaluate_by extension_asked_on "
    "extension_due granted_due promise_due pressed_on supervised_on signed_day blank_day".split()
)
NUMBERS = frozenset("hand_over_number press_number supervise_number reply_number".split())


@dataclass(frozen=True)
class CaseFacts:
    """A case as its forms show it: `texts` by word, `cosigners` as rows of texts."""

    case: object
    state: str
    texts: dict
    cosigners: list


def gather(cases, today, *, user, phones=False):
    """[CaseFacts] of cases read by `read_cases`; phones stay masked where `phones` is not set, or
    where this user may not see them.
    """
    counties = _counties(cases)
    return [_facts_of(case, counties, today, user, phones) for case in cases]


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
            Prefetch("standings", standing, "in_force"),
            Prefetch("steps", steps.order_by("on", "order", "pk"), "valid_steps"),
            Prefetch("units", units.order_by("pk"), "present_units"),
        )
    )
    found = {case.pk: case for case in cases}
    return [found[pk] for pk in dict.fromkeys(pks) if pk in found]


def standing_of(case):
    """What a case is now; one without a step is a draft."""
    return case.in_force[0] if case.in_force else not_begun(case)


def _counties(cases):
    codes = {case.place.code[:COUNTY_CODE] for case in cases}
    return dict(
        Place.objects.visible_to(OPERATOR).filter(code__in=codes).values_list("code", "name")
    )


def _facts_of(case, counties, today, user, phones):
    standing = standing_of(case)
    county = counties.get(case.place.code[:COUNTY_CODE], "")
    phones = phones and may_see_phone(Moment(case, user, today))
    people, cosigners = people_facts(case, standing, phones)
    texts = (
        _place_facts(case.place.name, county, user)
        | people
        | _case_facts(case, standing)
        | _unit_facts(case)
        | _deadline_facts(case, standing, today)
        | _step_facts(case)
        | _reply_facts(case, standing, county, user)
        | _judgement_facts(case, standing)
    )
    return CaseFacts(case, standing.state, texts, cosigners)


def _place_facts(place, county, user):
    full = f"{county}{place}"
    return {
        "place": place,
        "congress": f"{full}人民代表大会",
        "presidium": f"{full}人民代表大会主席团",
        "contact": user.name if user.role == Role.CLERK else "",
        "contact_phone": "",
        "blank_day": "",
    }


def _case_facts(case, standing):
    citizen = standing.origin == Origin.CITIZEN
    kind = Kind.OPINION.value if citizen else case.kind
    where = case.meeting or case.station or ""
    return {
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
    found = reckoning(case.valid_steps, standing, today)
    return {
        "handed_on": _day(standing.handed_on),
        "deadline": _day(standing.deadline),
        "return_by": _day(standing.return_by),
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
    return {
        "instruction": f"{leader}：{said}" if leader and said else said,
        "press_note": fact("催办", "note"),
        "pressed_on": day("催办"),
        "supervisor": fact("督办", "leader"),
        "supervise_note": fact("督办", "note"),
        "supervised_on": day("督办"),
        "extension_note": fact("申请延期", "note"),
        "extension_due": day("申请延期", "due"),
        "granted_due": day("延期", "due"),
        "hand_over_number": fact("交办", "number"),
        "press_number": fact("催办", "number"),
        "supervise_number": fact("督办", "number"),
    }


def reply_of(case, user):
    """The last reply of a case or draft of one, None; a draft is no deputy's business yet."""
    names = REPLIES if user.role == Role.DEPUTY else (*REPLIES, "拟稿")
    replies = [step for step in case.valid_steps if step.name in names]
    return replies[-1] if replies else None


def _reply_facts(case, standing, county, user):
    reply = reply_of(case, user)
    data = reply.data if reply else {}
    signed = [step for step in case.valid_steps if step.name == "签发"]
    leads = [row.unit.name for row in case.present_units if row.role == UnitRole.LEAD]
    government = f"{county}{case.place.name}人民政府"
    result = (reply.result if reply else "") or standing.result_class
    number = data.get("number") or (signed[-1].data.get("number") if signed else "")
    return {
        "replier": government if signed else "、".join(leads[:1]) or government,
        "reply_number": number or "",
        "result_class": f"{result}类" if result else "",
        "replied_on": _day(reply.on) if reply and reply.name in REPLIES else "",
        "reply": reply.note if reply else "",
        "promise": data.get("promise") or "",
        "promise_due": _day(reply.due if reply else None),
        "promise_by": data.get("promise_by") or "",
        "handler": data.get("handler") or "",
        "handler_phone": "",
    }


def _judgement_facts(case, standing):
    talks = [step for step in case.valid_steps if step.name == "面商"]
    judged = [step for step in case.valid_steps if step.name == "评价"]
    last = judged[-1] if judged and standing.evaluation else None
    return {
        "contact_boxes": contact_boxes(talks[-1] if talks else None),
        "attitude_boxes": judgement_boxes(standing.attitude),
        "result_boxes": judgement_boxes(standing.evaluation),
        "opinion": last.note if last else "",
        "signed_day": _day(last.on) if last else "",
    }


def _day(day):
    return chinese_day(day) if day else ""
