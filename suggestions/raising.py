"""A deputy raises a matter: the draft that nobody else sees, and the handing in."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from congress import audit
from congress.records import StaleRecord
from congress.scoping import OPERATOR
from deputies.models import Meeting, Person
from suggestions.co_signing import choose, send_out
from suggestions.holding import hold
from suggestions.likeness import index
from suggestions.models import Case, DraftSheet, Paper, PaperKind, Proposer
from suggestions.numbers import DRAFT, placeholder_number
from suggestions.papers import filing, keep, note_kept, take_out
from suggestions.words import Occasion, Origin, State
from suggestions.workflow import StepRefused, advance, current_state

# The number of a draft: no counter is touched before it is handed in.
SENT = "这一件已经提交过了，没有再交一次"


def draft_of(user, token):
    """The case that a form with this token made, or None."""
    return Case.objects.visible_to(user).filter(form_token=token, entered_by=user).first()


def begin_draft(user, token, *, today):
    """The draft of a form: made when its first words are saved, and only once."""
    found = draft_of(user, token)
    if found:
        return found
    person = Person.objects.visible_to(user).get(user=user)
    case = Case(
        place=user.place,
        number=f"{DRAFT}{token[:20]}",
        title="",
        handed_in=False,
        form_token=token,
        entered_by=user,
    )
    try:
        with transaction.atomic(), audit.acting(user):
            case.save()
            Proposer(case=case, order=0, person=person, name=person.name).save()
            advance(case, "起草", user=user, on=today, data={"origin": Origin.DEPUTY})
    except IntegrityError:  # the same form saved twice at one moment
        return draft_of(user, token)
    case.refresh_from_db()
    return case


def keep_draft(case, values, *, user, now):
    """Store what is typed so far. No version and no trail of changes: until it is handed in nobody
    else is concerned, and the trail is read by others. StepRefused: it was handed in meanwhile.
    """
    with transaction.atomic():
        draft = Case._base_manager.filter(pk=case.pk, handed_in=False, entered_by=user)
        if not draft.update(title=values["title"], body=values["body"]):
            raise StepRefused(SENT)
        case.villages.set(values["villages"])
        sheet = {"category": values["category"], "public": values["public"], "saved_at": now}
        DraftSheet.objects.visible_to(user).update_or_create(case=case, defaults=sheet)
        choose(case, values["fellows"], user)


def keep_photos(case, photos, *, user, now):
    """Keep checked photos (`Checked`) with the case. UploadRefused: they are too much for one;
    StepRefused: it was handed in.
    """
    with filing():
        case = _open(case, user)
        for photo in photos:
            keep(case, photo, kind=PaperKind.PHOTO, user=user, now=now)


def photos_of(case, user):
    """The photos of a case, in the order in which they came."""
    papers = Paper.objects.visible_to(user).filter(case=case, removed_at=None)
    return papers.filter(kind=PaperKind.PHOTO)


def remove_photo(case, pk, *, user, now):
    """Take out a photo that the deputy brought; another's, or none of that key, stays."""
    paper = photos_of(case, user).filter(pk=pk, uploaded_by=user).first()
    if paper:
        take_out(paper, user=user, now=now)


def drop_draft(case, *, user):
    """Throw a draft away; what was handed in stays."""
    with transaction.atomic():
        draft = Case.objects.visible_to(user).filter(pk=case.pk, handed_in=False, entered_by=user)
        draft.delete()


def hand_in(case, values, *, user, today, now):
    """Hand a draft in (提出), or again what was returned for repair. StepRefused: it is neither;
    StaleRecord: somebody changed it since the deputy read it for repair.
    """
    with transaction.atomic(), audit.acting(user):
        case = _open(case, user)
        data, begins = {"origin": Origin.DEPUTY}, not case.handed_in
        if not begins and values["version"] != case.version:
            raise StaleRecord(str(case))
        if begins:
            data["occasion"] = _begin(case, today)
        if values["category"]:
            data["category"] = values["category"].pk
        for name in ("title", "body", "public"):
            setattr(case, name, values[name])
        case.save()
        case.villages.set(values["villages"])
        choose(case, values["fellows"], user)
        advance(case, "提出", user=user, on=today, data=data)
        send_out(case, user=user, now=now)
        if begins:
            note_kept(case)
        DraftSheet.objects.visible_to(user).filter(case=case).delete()
        index([case])


def _open(case, user):
    """The case under lock, while its deputy writes on it: a draft, or returned for repair.
    StepRefused: it is neither.
    """
    case = hold(case, user)
    if current_state(case) not in (State.DRAFT, State.REPAIR):
        raise StepRefused(SENT)
    return case


def _begin(case, today):
    """The day, the meeting and a number to wait with; the occasion: 人代会 while the congress
    meets, else 闭会期间.
    """
    case.raised_on = today
    case.meeting = meeting_on(case.place, today)
    case.number = placeholder_number(case.place)
    return Occasion.CONGRESS if case.meeting else Occasion.BETWEEN


def meeting_on(place, day):
    """The meeting of the place's congress that sits on `day`, or None."""
    sitting = Q(ends__gte=day) | Q(ends=None, starts=day)
    meetings = Meeting.objects.visible_to(OPERATOR).filter(place=place, kind=Meeting.Kind.CONGRESS)
    return meetings.filter(sitting, starts__lte=day).first()
