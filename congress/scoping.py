"""The one door to data: `Model.objects.visible_to(user)`.

Every model of the project says by which path its place is reached; what a user may see is the part
of the tree of administrative codes under the user's own place. A hidden row does not exist for
that user (404).
"""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q

from congress.roles import BUSINESS_ROLES, OPERATOR_ROLE, Role


@dataclass(frozen=True)
class Operator:
    """The person at the console: runs commands and jobs for the system, sees every place."""

    role: str = OPERATOR_ROLE
    is_active: bool = True
    is_authenticated: bool = True
    pk: None = None
    place: None = None
    name: str = field(default="系统")


OPERATOR = Operator()


@dataclass(frozen=True)
class Guest:
    """Who holds a one-time link: acts in one role on one record, without an account.

    `only`: key of the record that the link opens; `unit_id`, `person_id`: for whom the holder acts;
    `name`: what stands in the history as who entered it.
    """

    role: str
    place: object
    name: str
    only: int
    unit_id: int | None = None
    person_id: int | None = None
    is_active: bool = True
    is_authenticated: bool = False
    pk: None = None


def code_range(path, code):
    """A filter for all places at or under `code`; a range, so that the index on codes serves it."""
    return Q(**{f"{path}__gte": code, f"{path}__lt": str(int(code) + 1).zfill(len(code))})


def codes_above(code):
    """Codes of the places that `code` lies in: 360733100 → 36, 3607, 360733."""
    return [code[:length] for length in (2, 4, 6, 9) if length < len(code)]


class ScopedQuerySet(models.QuerySet):
    """Base of every queryset: it refuses to guess who may see what."""

    def visible_to(self, user):
        raise NotImplementedError(f"{self.model.__name__} does not say who may see it")

    def get_visible(self, user, **lookup):
        """The one row that matches, or DoesNotExist: also where it exists but is hidden from
        `user`.
        """
        return self.visible_to(user).get(**lookup)


class PlaceQuerySet(ScopedQuerySet):
    """Rows that belong to a place. `shared_down`: townships also read what lies above them (county
    words).
    """

    path = "place__code"
    roles = BUSINESS_ROLES
    shared_down = False

    def visible_to(self, user):
        if not user.is_active:
            return self.none()
        if user.role == OPERATOR_ROLE:
            return self.all()
        if user.role in self.roles:
            return self.filter(self.scope(user))
        narrower = {
            Role.DEPUTY: self.for_deputy,
            Role.UNIT: self.for_unit,
            Role.GOVERNMENT: self.for_government,
        }.get(user.role)
        return narrower(user) if narrower else self.none()

    def scope(self, user):
        """What lies under the user's place, and above it where such rows are shared."""
        scope = code_range(self.path, user.place.code)
        if self.shared_down:
            scope |= Q(**{f"{self.path}__in": codes_above(user.place.code)})
        return scope

    def for_deputy(self, user):
        """What a deputy may see of these rows: nothing, unless the model says more."""
        return self.none()

    def for_unit(self, user):
        """What an undertaking unit may see of these rows: nothing, unless the model says more."""
        return self.none()

    def for_government(self, user):
        """What a government office may see of these rows: nothing, unless the model says more."""
        return self.none()

    def in_place(self, place):
        """Rows at or under `place`; used after `visible_to`."""
        return self.filter(code_range(self.path, place.code))


def scoped(path="place__code", *, roles=BUSINESS_ROLES, shared_down=False, base=PlaceQuerySet):
    """A manager for a model whose place is reached by `path`."""
    attributes = {"path": path, "roles": roles, "shared_down": shared_down}
    return type(base.__name__, (base,), attributes).as_manager()
