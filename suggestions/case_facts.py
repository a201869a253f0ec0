"""All that the page of a case shows, read in a fixed number of queries."""

from congress.crypto import mask_phone
from congress.roles import BUSINESS_ROLES, Role
from suggestions.again import raised_again
from suggestions.course_words import ahead, course, ruler
from suggestions.deadlines import limits_of, reckoning
from suggestions.desk import NEXT_STEPS
from suggestions.merging import handling_of, joined_to
from suggestions.moment import asking
from suggestions.paper_forms.catalogue import forms_awaited, forms_for
from suggestions.paper_pages.shelf import shelf
from suggestions.projection import not_begun
from suggestions.steps import ENDED, MAIN_STEPS, RULES
from suggestions.words import STATE_SHAPES, Origin
from suggestions.workflow import open_rules


def facts_of(case, user, today):
    """The context of the case page."""
    moment = _read(case, user, today)
    standing, state = moment.standing, moment.standing.state
    handling, joined = handling_of(standing, moment.steps), joined_to(case)
    moment.followers = [other.number for other in joined]
    return {
        "case": case,
        "standing": standing,
        "of_citizen": standing.origin == Origin.CITIZEN,
        "course": course(moment.steps),
        "ahead": ahead(standing),
        "proposers": list(case.proposers.all()),
        "joined": joined,
        "units": list(case.units.filter(ends=None).select_related("unit")),
        "villages": list(case.villages.all()),
        "outcomes": list(case.outcomes.all()),
        "state": state,
        "shape": STATE_SHAPES[state],
        "masked_phone": mask_phone(case.phone),
        "may_see_phone": may_see_phone(moment),
        **_deadline(moment, handling, today),
        "windows": windows_of(moment),
        "promise": promise_of(standing, handling),
        "editable": user.role in RULES["登记"].roles,
        "is_office": user.role in RULES["登记"].roles,
        "years": raised_again([case]).get(case.pk, ()),
        "compares": user.role in BUSINESS_ROLES,
        "today": today,
        "paper_forms": forms_for(user, standing),
        "forms_awaited": forms_awaited(user, standing),
        **shelf(user, case, state),
        **_choices(open_rules(moment), standing),
    }


def _read(case, user, today):
    """The case with all that its page names beside it."""
    moment = asking(case, user, today)
    now = case.standings.filter(ends=None).select_related("category", "merged_into")
    moment.standing = now.first() or not_begun(case)
    steps = case.steps.filter(superseded_at=None).select_related("unit", "entered_by")
    moment.steps = list(steps.order_by("on", "order", "pk"))
    return moment


def _deadline(moment, steps, today):
    limits = limits_of(moment.setting, today)
    deadline = reckoning(steps, moment.standing, today, limits)
    return {"deadline": deadline, "ruler": ruler(deadline, today)}


def _choices(rules, standing):
    """The buttons: the steps that come next in this state first, rare ones under 更多, where an
    extension stands as well that nobody asked for.
    """
    order = NEXT_STEPS.get(standing.state, ())
    often = MAIN_STEPS if standing.extension_asked_on else MAIN_STEPS - {"延期"}
    main = [rule for rule in rules if rule.name in often]
    main.sort(key=lambda rule: order.index(rule.name) if rule.name in order else len(order))
    following = next((rule.name for rule in main if rule.name in order), None)
    return {
        "main_rules": main,
        "other_rules": [rule for rule in rules if rule.name not in often],
        "next_step": following,
    }


def may_see_phone(moment):
    """The office, and a unit while it handles a case that is not over, may ask to see a citizen's
    phone.
    """
    if moment.user.role == Role.UNIT:
        return moment.part() is not None and moment.standing.state not in ENDED
    return moment.user.role in RULES["登记"].roles


_WINDOWS = (
    ("return_by", "承办单位退回", ("待签收", "办理中")),
    ("opinion_by", "协办单位提意见", ("待签收", "办理中", "重新办理")),
    ("evaluate_by", "评价", ("待评价",)),
)


def windows_of(moment):
    """[(name, last day, reckoning in words)] of the windows that run now."""
    found = []
    for window, name, states in _WINDOWS:
        last = getattr(moment.standing, window)
        if last and moment.standing.state in states:
            told = [s.data[f"{window}_why"] for s in moment.steps if s.data.get(f"{window}_why")]
            found.append((name, last, told[-1] if told else ""))
    return found


def promise_of(standing, steps):
    """(matter, person, day, kept on) of the promise that the latest reply among the steps made;
    None without.
    """
    if standing.promised_on is None:
        return None
    replies = [step for step in steps if step.name in ("答复", "再次答复") and step.due]
    data = replies[-1].data if replies else {}
    return (
        data.get("promise", ""),
        data.get("promise_by", ""),
        standing.promised_on,
        standing.kept_on,
    )
