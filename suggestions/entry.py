"""Typing in a suggestion that came on paper: one sheet, one case, in one transaction."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from congress import audit
from congress.crypto import fingerprint
from suggestions.likeness import index_new
from suggestions.models import Case, Proposer
from suggestions.numbers import placeholder_number
from suggestions.workflow import StepRefused, advance

MARK = "entry"
BEGINNING = ("提出", "登记")
VOIDED = "录入有误，作废重录"


class AlreadyEntered(Exception):
    """The form was saved before, with other words in it; `case` is what it became."""

    def __init__(self, case):
        super().__init__(str(case))
        self.case = case


def enter(values, *, user, now, token):
    """The case of one sheet, raised on the day that stands on the paper and registered today.

    `values`: what EntryForm cleaned. `token` names the form: a form sent twice makes one case, and
    gives that case again. StepRefused: not by this person, or the number cannot be given.
    AlreadyEntered: the form was saved before with another title.
    """
    mark = mark_of(user, token)
    made = _made(user, mark)
    if made is None:
        try:
            with transaction.atomic(), audit.acting(user):
                return _entered(values, user, now, mark)
        except IntegrityError:  # the same form at the same moment
            made = _made(user, mark)
            if made is None:
                raise
    if made.title != values["title"]:
        raise AlreadyEntered(made)
    return made


def enter_all(sheets, *, user, now, token):
    """The cases of several sheets in their order: all of them, or none. As `enter`."""
    with transaction.atomic():
        return [
            enter(values, user=user, now=now, token=f"{token}-{number}")
            for number, values in enumerate(sheets)
        ]


def mark_of(user, token):
    """What a case keeps of its form; no other user's form can have the same."""
    return f"{MARK}-{user.pk}-{token}"[:64]


def was_entered(user, token):
    """Whether the form of this token became a case already."""
    return _made(user, mark_of(user, token)) is not None


def _made(user, mark):
    return Case.objects.visible_to(user).filter(form_token=mark).first()


def _entered(values, user, now, mark):
    today = now.astimezone(timezone.get_current_timezone()).date()
    case = Case(
        place=user.place, number=placeholder_number(user.place), title=values["title"],
        kind=values["kind"], body=values["body"], raised_on=values["raised_on"],
        meeting=values["meeting"], public=values["public"], phone=values["phone"],
        phone_print=fingerprint(values["phone"]), handed_in=False, form_token=mark,
        entered_at=now, entered_by=user,
    )  # fmt: skip
    case.save()
    case.villages.set(values["villages"])
    Proposer._base_manager.bulk_create(
        Proposer(case=case, order=order, person_id=person, name=name)
        for order, (person, name) in enumerate(values["people"])
    )
    index_new([case])
    raised = {
        "category": values["category"].pk,
        "origin": values["origin"],
        "occasion": values["occasion"],
    }
    advance(case, "提出", user=user, on=values["raised_on"], data=raised)
    advance(case, "登记", user=user, on=values.get("registered_on") or today)
    if values["into"]:
        advance(case, "并案", user=user, on=today, data={"into": values["into"].pk})
    case.refresh_from_db()
    return case


def entered_today(user, today):
    """The cases that the user typed in on `today`, the latest first, with their proposers,
    standings and steps. Four queries, however many.
    """
    typed = Case.objects.visible_to(user).filter(
        entered_by=user, entered_at__date=today, form_token__startswith=f"{MARK}-{user.pk}-"
    )
    return typed.order_by("-pk").prefetch_related("proposers", "standings", "steps")


def is_untouched(case):
    """Whether nothing was done with a case since it was typed in."""
    return {step.name for step in case.steps.all()} <= set(BEGINNING)


def void(case, *, user, today):
    """Declare a sheet void that was typed in wrongly; its number stays used. StepRefused: somebody
    has worked on it since.
    """
    with transaction.atomic():
        if not is_untouched(case):
            raise StepRefused(
                f"{case.number}已经有人接着办了，不能在这里作废。请到这一件的页面上办"
            )
        return advance(case, "作废", user=user, on=today, version=case.version, note=VOIDED)
