"""Places: the tree under the own one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from congress import place_life
from congress.doors import STAFFING_ROLES, find, own, roles
from congress.forms.places import CodeForm, NewPlaceForm, PlaceFilter, PlaceForm
from congress.models import Place
from congress.pages import list_page
from congress.place_tree import ensure_place


@roles(*STAFFING_ROLES)
def place_list(request):
    """The own place and all under it, in the order of codes."""
    rows = own(Place, request.user).select_related("successor")
    kept = set(place_life.kept_by(request.user).values_list("pk", flat=True))

    def draw(place):
        return {"place": place, "kept": place.pk in kept}

    return list_page(request, "congress/places.html", PlaceFilter(request.GET), rows, draw=draw)


@roles(*STAFFING_ROLES)
def place_add(request):
    """A place by its code; parents that the code implies are made with it."""
    form = NewPlaceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        place = ensure_place(chosen["code"], chosen["name"])
        if chosen["valid_from"]:
            place_life.save(place, valid_from=chosen["valid_from"])
        messages.success(request, f"{place.name}加进来了。")
        return redirect("place_list")
    return render(request, "congress/place_add.html", {"form": form})


@roles(*STAFFING_ROLES)
def place_edit(request, pk):
    """One place: name, beginning and end; the way to its official code."""
    place = find(place_life.kept_by(request.user), pk=pk)
    name = place.name
    form = PlaceForm(request.POST or None, place=place, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{place.name}改好了。")
        return redirect("place_list")
    return place_page(request, place, form=form, name=name)


@roles(*STAFFING_ROLES)
@require_POST
def place_code(request, pk):
    """A provisional place gets its official code."""
    place = find(place_life.kept_by(request.user), pk=pk, provisional=True)
    form = CodeForm(request.POST, place=place)
    if form.is_valid():
        place_life.give_code(place, form.cleaned_data["code"])
        messages.success(request, f"{place.name}的代码改为 {place.code}，下面各级的代码跟着改了。")
        return redirect("place_list")
    return place_page(request, place, code_form=form)


def place_page(request, place, form=None, code_form=None, name=None):
    """The page of one place with its two forms; what was typed stays in them."""
    context = {
        "place": place,
        "name": name or place.name,
        "form": form or PlaceForm(place=place, user=request.user),
        "code_form": code_form or CodeForm(place=place),
        "people": place_life.people_at(place).count() if place.valid_to else 0,
    }
    return render(request, "congress/place.html", context)
