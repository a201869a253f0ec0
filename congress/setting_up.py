"""What the first-run guide makes at its end, in one transaction."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from congress import accounts, first_run
from congress.default_words import ensure_words
from congress.ledger_words import Level
from congress.models import Term, Unit, User
from congress.place_tree import ensure_place
from congress.roles import Role


class AlreadySetUp(Exception):
    """Somebody else was faster: there are users."""


@dataclass
class TermPlan:
    """A term to be entered for every place of a level; without a name none."""

    name: str = ""
    starts: date | None = None


@dataclass
class Plan:
    """All that the guide asked for. Codes are official ones; people are (name, user name)."""

    county: tuple[str, str]
    townships: list[tuple[str, str]]
    county_term: TermPlan = field(default_factory=TermPlan)
    township_term: TermPlan = field(default_factory=TermPlan)
    county_units: list[str] = field(default_factory=list)
    township_units: list[str] = field(default_factory=list)
    admin: tuple[str, str] = ("", "")
    staff: tuple[str, str] = ("", "")
    staff_place: str = ""


def set_up(plan, now):
    """Make places, word lists, terms, units and the first two accounts; hands back the accounts,
    administrator first."""
    with transaction.atomic():
        if first_run.is_set_up():
            raise AlreadySetUp
        county = ensure_place(*plan.county)
        townships = [ensure_place(*each) for each in plan.townships]
        ensure_words(county)
        _enter(county, Level.COUNTY, plan.county_term, plan.county_units)
        for township in townships:
            _enter(township, Level.TOWNSHIP, plan.township_term, plan.township_units)
        users = _accounts(plan, county, townships)
        for user in users:
            accounts.open_account(user, now)
    first_run.finish()
    return users


def _enter(place, level, term, units):
    """The term and the units of one place."""
    if term.name:
        Term(place=place, level=level, name=term.name, starts=term.starts).save()
    for name in units:
        Unit(place=place, name=name).save()


def _accounts(plan, county, townships):
    place = next(each for each in [county, *townships] if each.code == plan.staff_place)
    role = Role.COUNTY if place == county else Role.CLERK
    return [
        User(name=plan.admin[0], username=plan.admin[1], role=Role.SYSADMIN, place=county),
        User(name=plan.staff[0], username=plan.staff[1], role=role, place=place),
    ]
