"""A deputy's first page, list, one case, and 我的."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.doors import roles
from congress.lunar import lunar_text
from congress.pages import PER_PAGE
from congress.reckoning import weekday_name
from congress.roles import Role
from deputies.models import Mandate, in_force
from suggestions.deputy.cases import SHOWN, asked_of, my_cases, own_cases, person_of
from suggestions.deputy.one_case import facts_for_deputy, letters_of, one_case, repair_note
from suggestions.link_pages.opening import give


@require_safe
@roles(Role.DEPUTY)
def my_home(request):
    """What asks something of me, then my suggestions."""
    today = timezone.localdate()
    mine = my_cases(request.user, today)
    asking = [each for each in mine if each.asks in ("evaluate", "repair")]
    rest = [each for each in mine if each.asks not in ("evaluate", "repair", "draft")]
    rest.sort(key=lambda each: not each.is_open)
    context = {
        "today": today,
        "weekday": weekday_name(today),
        "lunar": lunar_text(today),
        "person": person_of(request.user),
        "asking": asking,
        "asked": list(asked_of(request.user)),
        "drafts": [each for each in mine if each.asks == "draft"],
        "shown": rest[:SHOWN],
        "count": len(mine),
    }
    return render(request, "suggestions/deputy/home.html", context)


@require_safe
@roles(Role.DEPUTY)
def my_list(request):
    """All cases with my name on them."""
    today = timezone.localdate()
    page = Paginator(own_cases(request.user), PER_PAGE).get_page(request.GET.get("page"))
    cases = my_cases(request.user, today, page.object_list)
    context = {"page_obj": page, "mine": cases, "person": person_of(request.user)}
    return render(request, "suggestions/deputy/list.html", context)


@require_safe
@roles(Role.DEPUTY)
def my_case(request, pk):
    """One case of mine: the sentence, the reply, the history."""
    today = timezone.localdate()
    mine = found(request, pk, today)
    context = facts_for_deputy(mine, request.user, today)
    context["repair_note"] = repair_note(mine.case) if mine.asks == "repair" else ""
    return render(request, "suggestions/deputy/case.html", context)


@require_safe
@roles(Role.DEPUTY)
def letter(request, pk, letter):
    """A letter that answers my case with the one that it was merged into."""
    return give(letters_of(found(request, pk, timezone.localdate())), letter)


@require_safe
@roles(Role.DEPUTY)
def my_profile(request):
    """我的: who I am here, my devices, my sheet on paper, the way out."""
    person = person_of(request.user)
    mandates = Mandate.objects.none()
    if person:
        mandates = person.mandates.filter(in_force(timezone.localdate())).select_related("term")
    raised = person is not None and own_cases(request.user).exists()
    context = {"person": person, "mandates": list(mandates), "raised": raised}
    return render(request, "suggestions/deputy/profile.html", context)


def found(request, pk, today):
    """Mine of one case; 404 where it is not the deputy's own."""
    mine = one_case(request.user, pk, today)
    if mine is None:
        raise Http404
    return mine
