"""Forms for one case or many, by one user, on one day."""

from suggestions.merging import handled_with, roots_of
from suggestions.models import Case, Standing, Step
from suggestions.paper_forms.catalogue import forms
from suggestions.paper_forms.facts import REPLIES, gather, read_cases, replies_of
from suggestions.paper_forms.sheet import filled


def form_sheets(user, key, pks, today, *, phones=False, links=None):
    """(sheets, cases left out): the form `key` filled for the cases with these keys that the user
    sees; left out are those of which this user cannot print it now. A letter that answers several
    cases is one sheet, of a merged case that of the case as which it is handled. `links`: {key of
    case: one-time link for evaluation}, on forms that take one.
    """
    form = forms()[key]
    pks = _answering(user, pks) if form.layout.get("letter") else pks
    found = gather(read_cases(user, pks), today, user=user, phones=phones)
    fits = [each for each in found if user.role in form.roles and form.fits(each.standing)]
    out = [each.case for each in found if each not in fits]
    if not form.layout.get("letter"):
        return [filled(form, each, (links or {}).get(each.case.pk)) for each in fits], out
    return list(_letters(form, fits, user, today)), out


def _answering(user, pks):
    """The keys of the cases whose letters answer those with these keys."""
    now = Standing.objects.visible_to(user).filter(case__in=pks, ends=None)
    roots = roots_of(now)
    return [roots.get(pk, pk) for pk in pks]


def _letters(form, found, user, today):
    """One letter for each reply: of several lead units each has its own."""
    answered = set()
    for each in found:
        if each.case.pk in answered:
            continue
        others = answered_with(each.case, user)
        answered |= set(others)
        more = gather(read_cases(user, others), today, user=user)
        for reply in replies_of(each.case, each.standing, user):
            (letter,) = gather([each.case], today, user=user, reply=reply)
            yield filled(form, letter, others=more)


def answered_with(case, user):
    """Keys of the other cases that the letter of this case answers: those replied to under the same
    document number, and those handled as it.
    """
    numbers = [step.data.get("number") for step in case.handling if step.name in REPLIES]
    keys = set(handled_with([case.pk]).get(case.pk, ()))
    if numbers and numbers[-1]:
        letters = Step._base_manager.filter(
            case__place=case.place_id, name__in=REPLIES, superseded_at=None,
            data__number=numbers[-1],
        )  # fmt: skip
        keys |= set(letters.values_list("case", flat=True))
    seen = Case.objects.visible_to(user).filter(pk__in=keys - {case.pk})
    return list(seen.order_by("raised_on", "pk").values_list("pk", flat=True))
