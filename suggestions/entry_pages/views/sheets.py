"""批量录入: thirty paper suggestions on one screen; and the advice beside every form of a case."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.doors import find, roles
from congress.models import Place
from congress.roles import Role
from suggestions.concreteness import look_at
from suggestions.desk import matter
from suggestions.entry import AlreadyEntered, enter, entered_today, is_untouched, void
from suggestions.entry_pages.forms import KEPT, EntryForm
from suggestions.entry_pages.offers import Offers
from suggestions.entry_pages.unfinished import Unfinished, new_token
from suggestions.likeness import alike
from suggestions.numbers import peek
from suggestions.words import State
from suggestions.workflow import StepRefused

SHOWN = 6  # of the sheets typed in today
TOLD = 3  # cases that are alike
LONGEST = 8000  # characters of a text that is looked at

at_the_desk = roles(Role.CLERK, Role.CHAIR)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request):
    """One sheet after the other; what they have in common is kept from the last."""
    now = timezone.now()
    offers, unfinished = Offers(request.user, timezone.localdate(now)), Unfinished(request.user)
    form = EntryForm(request.POST or None, offers=offers, initial=_initial(offers, unfinished))
    token = request.POST.get("token", "")[:40] or unfinished.token
    if request.method == "POST" and form.is_valid():
        saved, token = _saved(request, form, token, now)
        if saved:
            unfinished.begin_next(request.POST, now)
            return redirect(f"{reverse('entry')}?saved={saved.pk}")
    return render(request, "suggestions/entry.html", _context(request, form, token, unfinished))


def _initial(offers, unfinished):
    kept = unfinished.kept
    return offers.first_values(kept.get("origin")) | kept | unfinished.sheet


def _saved(request, form, token, now):
    """(the case, token); (None, a token) where something stands in the way: it is then told."""
    try:
        return enter(form.cleaned_data, user=request.user, now=now, token=token), token
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
    except AlreadyEntered as done:
        form.add_error(
            None,
            f"这张表刚才已经存成{done.case.number}“{done.case.title}”，没有再存。"
            "要改那一件，请在右边点“改”；现在写的要另存一件，请再按一次保存",
        )
        token = new_token()
    return None, token


def _context(request, form, token, unfinished):
    offers = form.offers
    entered = list(entered_today(request.user, offers.today))
    paper = _number(form["paper"].value())
    return {
        "form": form,
        "token": token,
        "kept": [form[name] for name in KEPT],
        "offers": offers,
        "number": next_number(request.user, offers, form),
        "saved_at": unfinished.saved_at,
        "entered": _lines(entered[:SHOWN]),
        "count": len(entered),
        "before": max(len(entered) - SHOWN, 0),
        "paper": paper,
        "saved": next((c for c in entered if str(c.pk) == request.GET.get("saved")), None),
    }


def _number(text):
    return int(text) if str(text or "").isdecimal() else None


def next_number(user, offers, form):
    """The number that the sheet will get if it is saved next; empty where the county's pattern
    gives none.
    """
    meeting = offers.meetings.get(form["meeting"].value())
    try:
        return peek(user.place, meeting, offers.today, form["occasion"].value() or "")
    except StepRefused:
        return ""


def _lines(cases):
    """[(case, its matter, who leads, how many raised it, void, untouched)]."""
    lines = []
    for case in cases:
        names = [row.name for row in case.proposers.all()]
        states = [row.state for row in case.standings.all() if row.ends is None]
        gone = State.VOID in states
        open_to_void = not gone and is_untouched(case)
        lines.append((case, matter(case.title), names[:1], len(names), gone, open_to_void))
    return lines


@at_the_desk
@require_POST
def entry_draft(request):
    """Keep the unfinished sheet; the words of when or why not, and the number it would get now."""
    now = timezone.now()
    offers = Offers(request.user, timezone.localdate(now))
    unfinished = Unfinished(request.user)
    kept = unfinished.keep(request.POST, now)
    form = EntryForm(offers=offers, initial=_initial(offers, unfinished))
    number = next_number(request.user, offers, form)
    context = {"saved_at": now if kept else None, "number": number}
    return render(request, "suggestions/_entry_draft.html", context)


@at_the_desk
@require_POST
def entry_void(request, pk):
    """Take back a sheet that was typed in wrongly."""
    today = timezone.localdate()
    case = find(entered_today(request.user, today), pk=pk)
    try:
        void(case, user=request.user, today=today)
        messages.success(request, f"{case.number}已作废，编号保留。要重录，填下面这张")
    except StepRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("entry")


@roles(Role.CLERK, Role.CHAIR, Role.OFFICER, Role.DEPUTY, Role.COUNTY)
@require_safe
def alike_cases(request):
    """Cases that resemble the title that is being typed, among those the person may see."""
    today = timezone.localdate()
    title = request.GET.get("title", "").strip()[:200]
    besides = _number(request.GET.get("besides"))
    found = []
    if len(title) > 1:
        found = alike(
            request.user, request.user.place, title, today=today, limit=TOLD, besides=besides
        )
    asked = {name: request.GET.get(name) == "1" for name in ("choosing", "told")}
    context = {"alike": found, **asked}
    return render(request, "suggestions/_alike.html", context)


@roles(Role.CLERK, Role.CHAIR, Role.OFFICER, Role.DEPUTY, Role.COUNTY)
@require_POST
def advice_on_draft(request):
    """What a draft says already and what it could say better; nothing is stored."""
    there = Place.objects.visible_to(request.user).in_place(request.user.place).villages()
    names = list(there.values_list("name", flat=True))
    title, body = (request.POST.get(name, "")[:LONGEST] for name in ("title", "body"))
    return render(request, "suggestions/_advice.html", {"look": look_at(title, body, names)})
