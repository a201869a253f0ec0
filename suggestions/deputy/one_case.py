"""One case as its deputy reads it: the reply, the history in plain words, who co-signs."""

from suggestions.co_signing import may_be_co_signed
from suggestions.deputy.cases import my_cases, own_cases
from suggestions.merging import handling_of, root_of
from suggestions.models import CoSigning, Paper
from suggestions.not_received import may_say
from suggestions.papers import of_case, reply_papers
from suggestions.plain_words import REPLY_STEPS, step_words, texts
from suggestions.words import State
from suggestions.workflow import steps_open_to


def one_case(user, pk, today):
    """Mine of one case, or None where it is not the deputy's own."""
    found = my_cases(user, today, own_cases(user).filter(pk=pk))
    return found[0] if found else None


def facts_for_deputy(mine, user, today):
    """The context of the page of one case."""
    case = mine.case
    steps = list(
        case.steps.filter(superseded_at=None)
        .select_related("unit", "entered_by")
        .order_by("on", "order", "pk")
    )
    asked = CoSigning.objects.visible_to(user).filter(case=case).select_related("person")
    open_steps = {rule.name for rule in steps_open_to(user, case, today)}
    return {
        "mine": mine,
        "case": case,
        "proposers": list(case.proposers.all()),
        "villages": list(case.villages.all()),
        "papers": of_case(user, case),
        "letters": letters_of(mine),
        "replies": replies_in(handling_of(mine.standing, steps)),
        "history": history_of(steps, today),
        "asked": list(asked),
        "may_ask": mine.leading and case.handed_in and may_be_co_signed(case, mine.standing),
        "may_withdraw": mine.leading and "撤回" in open_steps,
        "may_evaluate": mine.may_judge and "评价" in open_steps,
        "may_say_missing": may_say(mine.standing) and mine.missing is None,
    }


def letters_of(mine):
    """The letters of the reply of the case into which the deputy's own was merged."""
    merged = mine.standing and mine.standing.merged_into_id
    return reply_papers(root_of(mine.standing)) if merged else Paper.objects.none()


def replies_in(steps):
    """The written replies, the latest first, each with its class in words."""
    classes = texts()["classes"]
    replies = [step for step in steps if step.name in REPLY_STEPS or step.name == "当场答复"]
    return [
        {"step": step, "class_words": classes.get(step.result, ""), "promise": promise_in(step)}
        for step in reversed(replies)
    ]


def promise_in(step):
    """{matter, by, due} of what a reply promises; None where it promises nothing."""
    if step.due is None or step.name not in REPLY_STEPS:
        return None
    data = step.data
    return {"matter": data.get("promise", ""), "by": data.get("promise_by", ""), "due": step.due}


def history_of(steps, today):
    """[(day, words, note)] of the steps that concern the deputy, the latest first."""
    told = [(step.on, step_words(step, today)) for step in steps]
    return [(on, *words) for on, words in reversed(told) if words]


def repair_note(case):
    """What the office asked to be added or mended (退回补正)."""
    asked = case.steps.filter(name="退回补正", superseded_at=None).order_by("on", "order", "pk")
    last = asked.last()
    return last.note if last else ""


def editable(mine):
    """Whether the deputy may write on: a draft, or what came back for repair."""
    return mine.state == State.DRAFT or (mine.leading and mine.state == State.REPAIR)
