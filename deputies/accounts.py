"""The accounts of deputies: one a person, made when a slip for the phone is printed."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from congress.models import User
from congress.phone_accounts import new, phone_states, row_of
from congress.roles import Role
from congress.scoping import OPERATOR
from deputies.levels import holding
from deputies.models import Mandate, Person


def in_office_now(user, today):
    """The people of the user's roster who hold a mandate today, and those of whom no mandate was
    ever entered.
    """
    people = Person.objects.visible_to(user).in_place(user.place)
    ever = Exists(Mandate.objects.visible_to(OPERATOR).filter(person=OuterRef("pk")))
    return people.filter(holding(today) | Q(~ever)).select_related("user", "place", "village")


def account_of(person, by):
    """The deputy's account, made where there is none; None where it is closed or of another kind
    (a deputy who also is a unit's clerk).
    """
    with transaction.atomic():
        kept = Person.objects.visible_to(by).select_for_update(of=("self",)).get(pk=person.pk)
        if kept.user_id is None:
            kept.user = new(kept.name, Role.DEPUTY, kept.place)
            kept.save()
        user = User.objects.visible_to(OPERATOR).select_related("unit").get(pk=kept.user_id)
    return user if user.is_active and user.role == Role.DEPUTY else None


def account_rows(people, viewer, now):
    """The deputies as the page of slips shows them, in three queries."""
    states = phone_states(viewer, now)
    return [
        {
            "pk": person.pk,
            "name": str(person),
            "detail": person.village.name if person.village else "",
            "other": person.user is not None and person.user.role != Role.DEPUTY,
        }
        | row_of(person.user, states)
        for person in people
    ]
