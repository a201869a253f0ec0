"""Terms of the congresses."""

from django.contrib import messages
from django.shortcuts import redirect, render

from congress.doors import KEEPER_ROLES, find, own, roles
from congress.forms.terms import TermFilter, TermForm
from congress.models import Term
from congress.pages import list_page


@roles(*KEEPER_ROLES)
def term_list(request):
    """The terms of the own places; those of the county stand there to read."""
    rows = Term.objects.visible_to(request.user).select_related("place")

    def draw(term):
        return {"term": term, "mine": term.place.code.startswith(request.user.place.code)}

    return list_page(request, "congress/terms.html", TermFilter(request.GET), rows, draw=draw)


@roles(*KEEPER_ROLES)
def term_add(request):
    """A new term."""
    form = TermForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"{form.instance.level}人大{form.instance.name}登记好了。")
        return redirect("term_list")
    return render(request, "congress/term_add.html", {"form": form})


@roles(*KEEPER_ROLES)
def term_edit(request, pk):
    """One term."""
    term = find(own(Term, request.user).select_related("place"), pk=pk)
    name = f"{term.level}人大{term.name}"
    form = TermForm(request.POST or None, instance=term, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"{term.level}人大{term.name}改好了。")
        return redirect("term_list")
    return render(request, "congress/term.html", {"form": form, "term": term, "name": name})
