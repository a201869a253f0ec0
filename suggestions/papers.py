"""Keeping, sharing, reading and taking out the papers of a case."""

from copy import copy

from django.db import transaction
from django.db.models import Sum

from congress import audit
from congress.roles import WRITING_ROLES, Role
from congress.scoping import OPERATOR
from congress.upload_kinds import refusal
from congress.uploads import Checked, checked
from suggestions.models import Case, Paper, PaperKind, Proposer, works_for
from suggestions.paper_files import filing, path_of, small_path_of, write
from suggestions.steps import ENDED
from suggestions.words import RaisedAt

__all__ = [
    "adders", "filing", "keep", "may_add", "may_put_back", "may_remove", "note_kept", "of_case",
    "open_file", "open_small", "put_back", "reply_papers", "share", "take_out",
]  # fmt: skip

# Who adds papers to a case that they see; the office also to one that is over.
adders = WRITING_ROLES | {Role.UNIT, Role.DEPUTY, Role.GOVERNMENT}
# What units and deputies may bring to one case in all, also what was taken out again: it stays on
# the disk.
ROOM, ROOMED = 200 * 2**20, frozenset({Role.UNIT, Role.DEPUTY})


def keep(case, file, *, kind, user, now, step=None):
    """Keep an upload (or a `Checked`) as a paper of the case; the same file once more gives the
    paper that is there.

    Call it inside `with filing():` where more is written in one go. kind: a PaperKind; user: who
    brought it (a Guest is kept by name); now: the moment. A draft's papers are noted in the audit
    trail when it is handed in: others read the trail. UploadRefused: the file is no good, or units
    and deputies brought too much.
    """
    ready = file if isinstance(file, Checked) else checked(file)
    with filing():
        Case.objects.visible_to(user).select_for_update(of=("self",)).get(pk=case.pk)
        twin = _standing(case).filter(sha256=ready.sha256, kind=kind).first()
        if twin is not None:
            return twin
        _check_room(case, ready, user)
        paper = Paper(
            case=case, step=step, kind=kind, name=ready.name, stored=write(ready),
            content_type=ready.content_type, has_small=bool(ready.small), size=ready.size,
            sha256=ready.sha256, **_brought(user, now),
        )  # fmt: skip
        paper.save()
        if case.handed_in:
            audit.note("create", paper)
    return paper


def _check_room(case, ready, user):
    """UploadRefused where the case holds too much already to take this from a unit or deputy."""
    if user.role in ROOMED:
        held = case.papers.aggregate(held=Sum("size"))["held"] or 0
        if held + ready.size > ROOM:
            raise refusal("no_room", ready.name, limit=ROOM // 2**20)


def note_kept(case):
    """Note the papers of a draft in the audit trail, now that it is handed in."""
    for paper in _standing(case):
        audit.note("create", paper)


def share(paper, case, step=None, *, user, now, kind=None):
    """The same stored file as a paper of another case too: one letter that answers several. With
    `kind` also as another kind of the same case: the signed letter, once it is sent.
    """
    kind = kind or paper.kind
    with transaction.atomic():
        twin = _standing(case).filter(sha256=paper.sha256, kind=kind).first()
        if twin is not None:
            return twin
        same = ("name", "stored", "content_type", "has_small", "size", "sha256")
        values = {name: getattr(paper, name) for name in same}
        copy = Paper(case=case, step=step, kind=kind, **values, **_brought(user, now))
        copy.save()
        audit.note("create", copy)
    return copy


def _brought(user, now):
    name = "" if user.pk else user.name
    return {"uploaded_by_id": user.pk, "uploaded_as": name, "uploaded_at": now}


def _standing(case):
    """All papers of a case that were not taken out, whoever may see them."""
    return case.papers.filter(removed_at=None)


def of_case(user, case):
    """The papers of a case that the user may see, in the order in which they came."""
    rows = Paper.objects.visible_to(user).filter(case=case, removed_at=None)
    return list(rows.select_related("uploaded_by", "step"))


def reply_papers(answered):
    """The letters that answer a case, as the person who is answered may read them: those of the
    case it was merged into are seen by nobody's scope but belong to the answer.
    """
    rows = Paper.objects.visible_to(OPERATOR).filter(case=answered, removed_at=None)
    return rows.filter(kind=PaperKind.REPLY)


def open_file(paper):
    """The file, opened for reading. FileNotFoundError: it is missing from the disk."""
    return path_of(paper.stored).open("rb")


def open_small(paper):
    """The small picture of a picture. FileNotFoundError: it is missing from the disk."""
    return small_path_of(paper.stored).open("rb")


def may_add(user, case, state):
    """Whether a user who sees the case may add papers; `state`: where the case stands. What was
    raised at the county is the county's.
    """
    if case.raised_at != RaisedAt.TOWNSHIP:
        return False
    if user.role in WRITING_ROLES:
        return True
    if user.role not in adders or state in ENDED:
        return False
    if user.role == Role.UNIT:
        return handles(user, case)
    return user.role != Role.DEPUTY or _raised(user, case)


def _raised(user, case):
    """Whether a deputy's name stands on the case, or they typed it."""
    if user.pk is None:
        lead = {"person": user.person_id, "person__isnull": False}
    else:
        if case.entered_by_id == user.pk:
            return True
        lead = {"person__user": user.pk}
    return Proposer._base_manager.filter(case=case, **lead).exists()


def handles(user, case):
    """Whether the user's unit is now one of those that handle the case."""
    return case.units.filter(works_for(user.unit_id), ends=None).exists()


def may_remove(user, paper, state, handling=None):
    """The office takes out any paper; others their own, while it belongs to no step and the case
    is not over; a unit only while it handles the case (`handling`, where that was read already).
    """
    if user.role in WRITING_ROLES:
        return True
    own = user.pk is not None and paper.uploaded_by_id == user.pk
    if not own or paper.step_id is not None or state in ENDED:
        return False
    if user.role != Role.UNIT:
        return True
    return handles(user, paper.case) if handling is None else handling


def may_put_back(user, paper, state, handling=None):
    """Whoever took a paper out puts it back, and the office any."""
    mine = user.role in WRITING_ROLES or paper.removed_by_id == user.pk
    return mine and may_remove(user, paper, state, handling)


def take_out(paper, *, user, now):
    """Take a paper out of the case; the row and the file stay. True: done by this call."""
    return _mark(paper, now, user.pk)


def put_back(paper):
    """Undo of `take_out`. False: it stands already, or the same file was added anew meanwhile."""
    twin = _standing(paper.case).filter(sha256=paper.sha256, kind=paper.kind)
    return not twin.exists() and _mark(paper, None, None)


def _mark(paper, moment, user_pk):
    """Write when and by whom a paper was taken out (None: it stands); noted in the audit trail."""
    before = copy(paper)
    rows = paper.case.papers.filter(pk=paper.pk, removed_at__isnull=moment is not None)
    with transaction.atomic():
        done = bool(rows.update(removed_at=moment, removed_by=user_pk))
        if done:
            paper.removed_at, paper.removed_by_id = moment, user_pk
            if paper.case.handed_in:
                audit.note("update", paper, before=before)
    return done
