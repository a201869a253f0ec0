"""The other deputies of one's own congress: whom a deputy may ask to co-sign."""

from django.db.models import Q

from congress.ledger_words import Level
from congress.scoping import OPERATOR
from deputies.models import Person, in_force


def fellows(user, day):
    """Deputies of the user's own township on `day`, the user aside, in the order of their names.

    Read past the roster's door on purpose and for names alone: who is a deputy is published
    (代表法 58). A person of the roster without any recorded mandate is taken for a deputy.
    """
    seated = in_force(day, "mandates__") & Q(mandates__level=Level.TOWNSHIP)
    people = Person.objects.visible_to(OPERATOR).filter(place=user.place)
    return people.filter(seated | Q(mandates=None)).exclude(user=user).distinct()
