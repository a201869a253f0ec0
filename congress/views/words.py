"""Word lists: kept by the county, read by its townships."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from congress import word_life
from congress.doors import KEEPER_ROLES, find, own, roles
from congress.forms.words import WordFilter, WordForm
from congress.models import Word
from congress.pages import list_page
from congress.roles import Role

LIST_KEEPERS = (Role.SYSADMIN, Role.COUNTY)


@roles(*KEEPER_ROLES)
def word_list(request):
    """All lists, in the order in which the words are offered."""
    rows = Word.objects.visible_to(request.user).select_related("place")
    keeper = request.user.role in LIST_KEEPERS

    def draw(word):
        mine = keeper and word.place.code.startswith(request.user.place.code)
        return {"word": word, "mine": mine}

    form = WordFilter(request.GET)
    return list_page(request, "congress/words.html", form, rows, draw=draw, keeper=keeper)


@roles(*LIST_KEEPERS)
def word_add(request):
    """A new word, at the end of its list."""
    form = WordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"“{form.instance.text}”加进了{form.instance.kind}。")
        return redirect("word_list")
    return render(request, "congress/word_add.html", {"form": form})


@roles(*LIST_KEEPERS)
def word_edit(request, pk):
    """Another text for a word; records that name it show the new text."""
    word = find(own(Word, request.user), pk=pk)
    text = word.text
    form = WordForm(request.POST or None, instance=word, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"“{text}”改成了“{word.text}”。")
        return redirect("word_list")
    return render(request, "congress/word.html", {"form": form, "word": word, "text": text})


def act(request, pk, deed, **lookup):
    """Find a word, do something with it, go back to the lists."""
    with transaction.atomic():
        word = find(own(Word, request.user), pk=pk, **lookup)
        deed(word)
    return word, redirect("word_list")


@roles(*LIST_KEEPERS)
@require_POST
def word_up(request, pk):
    """One place further up in its list."""
    return act(request, pk, lambda word: word_life.move(word, -1), retired_on=None)[1]


@roles(*LIST_KEEPERS)
@require_POST
def word_retire(request, pk):
    """Offered no more; undone by `word_restore`."""
    today = timezone.localdate()
    word, back = act(request, pk, lambda word: word.retired_on or word_life.retire(word, today))
    messages.success(request, f"“{word.text}”停用了，以前的记录照旧。要恢复，点它后面的“恢复”。")
    return back


@roles(*LIST_KEEPERS)
@require_POST
def word_restore(request, pk):
    """Undo of retiring."""
    word, back = act(request, pk, lambda word: word.retired_on and word_life.restore(word))
    messages.success(request, f"“{word.text}”恢复使用了。")
    return back
