"""The persons who have a part in cases, found for many cases at once."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from congress.models import Unit, User
from congress.roles import Role
from congress.scoping import OPERATOR
from suggestions.merging import handled_with
from suggestions.models import Case, CaseUnit, Proposer, Standing
from suggestions.words import UnitRole, Way

OFFICES = {"clerk": Role.CLERK, "chair": Role.CHAIR, "government": Role.GOVERNMENT}


class People:
    """Who is concerned by the given cases now; `units`: keys of units that steps name besides. The
    same few queries however many cases.
    """

    def __init__(self, cases, units=()):
        self.cases = {case.pk: case for case in cases}
        self.units = set(units)

    def of(self, word, case, unit_id=None):
        """(user key, case as that user knows it) of an audience: clerk, chair, government, units,
        leads, unit (the one that a step names, else the leads), lead, deputies.
        """
        if word in OFFICES:
            return self._office(word, case)
        if word in ("units", "leads", "unit"):
            return [(user, case) for user in self._unit_users(word, case, unit_id)]
        return self._deputies(case, only_lead=word == "lead")

    def _office(self, word, case):
        if word == "government" and case.pk not in self._assigned:
            return []  # never handed to the township's government: it does not see the case
        return [(user, case) for user in self._offices[case.place_id, OFFICES[word]]]

    def _unit_users(self, word, case, unit_id):
        if word == "unit" and unit_id:
            return self._by_unit[self._successors.get(unit_id, unit_id)]
        rows = self._units[case.pk]
        units = [unit for unit, role in rows if word == "units" or role == UnitRole.LEAD]
        return [user for unit in units for user in self._by_unit[self._successors.get(unit, unit)]]

    def _deputies(self, case, only_lead):
        """Also those whose own case was merged into this one: each is told of the own case."""
        found = []
        for each in [case, *self._merged.get(case.pk, ())]:
            rows = self._proposers[each.pk]
            found += [(user, each) for order, user in rows if order == 0 or not only_lead]
        return found

    @cached_property
    def _assigned(self):
        rows = Standing.objects.visible_to(OPERATOR).filter(case__in=self.cases, ends=None)
        return set(rows.filter(way=Way.ASSIGNED).values_list("case", flat=True))

    @cached_property
    def _merged(self):
        keys = handled_with(self.cases)
        rows = cases_of({pk for found in keys.values() for pk in found})
        cases = {case.pk: case for case in rows}
        return {case: [cases[pk] for pk in found] for case, found in keys.items()}

    @cached_property
    def _proposers(self):
        merged = (case.pk for found in self._merged.values() for case in found)
        cases = {*self.cases, *merged}
        rows = Proposer.objects.visible_to(OPERATOR).filter(
            case__in=cases, person__user__is_active=True
        )
        found = defaultdict(list)
        for case, order, user in rows.values_list("case", "order", "person__user"):
            found[case].append((order, user))
        return found

    @cached_property
    def _units(self):
        rows = CaseUnit.objects.visible_to(OPERATOR).filter(case__in=self.cases, ends=None)
        found = defaultdict(list)
        for case, unit, role in rows.order_by("pk").values_list("case", "unit", "role"):
            found[case].append((unit, role))
        return found

    @cached_property
    def _successors(self):
        """{unit that was merged: the one that took over}."""
        rows = Unit.objects.visible_to(OPERATOR).exclude(merged_into=None)
        return dict(rows.values_list("pk", "merged_into"))

    @cached_property
    def _users(self):
        places = {case.place_id for case in self.cases.values()}
        units = self.units | {unit for rows in self._units.values() for unit, _role in rows}
        units |= {self._successors.get(unit, unit) for unit in units}
        in_office = Q(place__in=places, role__in=OFFICES.values())
        rows = User.objects.visible_to(OPERATOR).filter(
            in_office | Q(role=Role.UNIT, unit__in=units), is_active=True
        )
        return list(rows.order_by("pk").values_list("pk", "role", "place", "unit"))

    @cached_property
    def _offices(self):
        found = defaultdict(list)
        for user, role, place, _unit in self._users:
            found[place, role].append(user)
        return found

    @cached_property
    def _by_unit(self):
        found = defaultdict(list)
        for user, role, _place, unit in self._users:
            if role == Role.UNIT:
                found[unit].append(user)
        return found


def cases_of(keys):
    """The cases of these keys, with their places."""
    return list(Case.objects.visible_to(OPERATOR).filter(pk__in=keys).select_related("place"))
