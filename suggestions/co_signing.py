"""Co-signing (附议): who is asked, what they say, and what an agreement adds to the case."""

from django.db import transaction
from django.db.models import Max

from congress import audit
from suggestions.models import Answer, Case, CoSigning, Proposer
from suggestions.steps import UNANSWERED
from suggestions.words import Origin, RaisedAt, State

CLOSED_CASE = "这一件已经答复、已经结束、由县里办理或者是群众意见，不能附议"


class CoSigningRefused(Exception):
    """Nobody can be asked or answer now; the message says why in Chinese."""


def may_be_co_signed(case, standing):
    """Whether a case of a township may still be co-signed: until its reply, and while it runs. What
    was raised at the county is the county's; what citizens said is co-signed by nobody.
    """
    if case.raised_at != RaisedAt.TOWNSHIP:
        return False
    if standing is None or standing.state == State.DRAFT:
        return True
    if standing.origin == Origin.CITIZEN:
        return False
    return standing.replied_on is None and standing.state in UNANSWERED


def choose(case, people, user):
    """Whom the lead deputy means to ask once the draft is handed in; who was chosen before and is
    no longer is dropped. Not in the audit trail, which others read, before they are asked.
    """
    with transaction.atomic():
        chosen = case.co_signings.filter(asked_at=None)
        chosen.exclude(person__in=people).delete()
        _add(case, people, user, None)


def ask(case, people, *, user, now):
    """Ask deputies to co-sign a case that is handed in; the number of those newly asked."""
    with transaction.atomic(), audit.acting(user):
        case = _locked(case)
        return _add(case, people, user, now)


def send_out(case, *, user, now):
    """Ask all whom the draft had chosen: it is handed in."""
    with transaction.atomic(), audit.acting(user):
        chosen = case.co_signings.filter(asked_at=None)
        for row in chosen.select_for_update(of=("self",)):
            row.asked_at = now
            chosen.filter(pk=row.pk).update(asked_at=now)
            audit.note("create", row)


def say(row, answer, *, user, now):
    """An asked deputy's answer, typed by the deputy or by the clerk from paper (代录). Who agrees
    becomes a proposer, last in order. Said twice it counts once.

    CoSigningRefused: the case was answered or ended meanwhile, or the other answer stands already.
    """
    with transaction.atomic(), audit.acting(user):
        case = _locked(row.case)
        row = CoSigning._base_manager.select_related("person").get(pk=row.pk)
        if row.answered_at:
            if row.answer != answer:
                raise CoSigningRefused(f"已经答复过“{row.answer}附议”。要改，请告诉乡镇人大")
            return row
        row.answer, row.answered_at, row.answered_by = answer, now, user
        row.save()
        if answer == Answer.AGREED:
            _join(case, row.person)
        return row


def _locked(case):
    """The case under lock; refused where nobody may co-sign it. The row of the asked deputy
    was found through its own door.
    """
    case = Case._base_manager.select_for_update().get(pk=case.pk)
    if not may_be_co_signed(case, case.standings.filter(ends=None).first()):
        raise CoSigningRefused(CLOSED_CASE)
    return case


def _add(case, people, user, now):
    there = set(case.co_signings.values_list("person", flat=True))
    there |= set(case.proposers.values_list("person", flat=True))
    new = [person for person in people if person.pk not in there]
    rows = [
        CoSigning(
            case=case, place=case.place, person=person, asked_by=user, asked_at=now, entered_by=user
        )
        for person in new
    ]
    if now is None:
        CoSigning._base_manager.bulk_create(rows)
    else:
        for row in rows:
            row.save()
    return len(new)


def _join(case, person):
    """Add a proposer at the end; the case notes it in its history of changes."""
    if case.proposers.filter(person=person).exists():
        return
    last = case.proposers.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    added = Proposer(case=case, person=person, name=person.name, order=order)
    added.save()
    case.save()
    audit.note_trace("create", Proposer._meta.label, added.pk, case.place_id, f"附议：{person}")
