"""The order and the retiring of words."""

from django.db import transaction

from congress.default_words import GAP
from congress.models import Word
from congress.scoping import OPERATOR


def _list_of(word):
    """The words of one list of one county that are in use, in order."""
    return Word.objects.visible_to(OPERATOR).filter(
        place=word.place, kind=word.kind, retired_on=None
    )


def last_order(place, kind):
    """The order of a word that is put at the end."""
    orders = Word.objects.visible_to(OPERATOR).filter(place=place, kind=kind)
    return max(orders.values_list("order", flat=True), default=0) + GAP


def move(word, steps):
    """Move a word by so many places (−1: up); at the end of the list it stays. The list is numbered
    anew."""
    words = list(_list_of(word))
    at = words.index(word)
    to = min(max(at + steps, 0), len(words) - 1)
    words.insert(to, words.pop(at))
    with transaction.atomic():
        for number, each in enumerate(words, start=1):
            if each.order != number * GAP:
                each.order = number * GAP
                each.save()


def retire(word, day):
    """The word is offered no more from `day` on; records keep it."""
    word.retired_on = day
    word.save()


def restore(word):
    """The word is offered again."""
    word.retired_on = None
    word.save()
