"""Bringing the sample county in: the workbooks of congress/sample/, through the import as any
other ledger."""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Count

import congress.sample
from congress.default_words import ensure_words
from congress.models import Place, Setting, Unit, User
from congress.place_tree import ensure_place
from congress.roles import Role
from congress.scoping import OPERATOR
from deputies.models import Person
from reports.importing import commit, new_batch, plan_ledger
from reports.models import ImportBatch
from suggestions.consequences import DOCUMENT_WORD
from suggestions.models import CaseUnit
from suggestions.words import UnitRole

FOLDER = Path(congress.sample.__file__).parent
SOURCE = "示例县"
WORDS_SINCE = date(2021, 1, 1)  # before anything that the sample tells
COUNTY_DIGITS = 6


def workbooks():
    """[(code, name of the township, path)] of the sample's workbooks, from their file names."""
    parts = [(path.stem.partition("-"), path) for path in sorted(FOLDER.glob("*.xlsx"))]
    return [(code, name, path) for (code, _, name), path in parts]


def is_loaded():
    """Whether the sample county was brought in already."""
    done = ImportBatch.State.DONE
    return ImportBatch.objects.visible_to(OPERATOR).filter(source=SOURCE, state=done).exists()


def is_empty():
    """Whether the database holds nobody's data: no place and no user."""
    models = (Place, User)
    return not any(model.objects.visible_to(OPERATOR).exists() for model in models)


def load_county(tell=lambda sentence: None):
    """Bring all workbooks in and give each township the word of its letters (文府), in one
    transaction; `tell` gets one sentence a file.

    A row that is there already stays as it is. RuntimeError names a workbook that does not go in:
    a fault of this program, no user's.
    """
    with transaction.atomic():
        for code, name, path in workbooks():
            ensure_words(ensure_place(code[:COUNTY_DIGITS]))
            place = ensure_place(code, name)
            tell(_load(place, path))
            word = {"value": f"{name[0]}府", "valid_from": WORDS_SINCE}
            Setting.objects.visible_to(OPERATOR).get_or_create(
                place=place, key=DOCUMENT_WORD, defaults=word
            )


def _load(place, path):
    plan = plan_ledger(path, place, OPERATOR)
    if plan.errors:
        raise RuntimeError(f"{path.name}: {plan.errors[0]}")
    commit(plan, new_batch(path, place, OPERATOR, source=SOURCE))
    new = sum(plan.outcome()["created"].values())
    return f"{path.name}：导入{new}行，发现{len(plan.load.findings)}条"


def link_people(users):
    """Give each sample user who is a deputy the card of one: of that family name, who raised most
    cases; and a unit clerk the unit with most cases.
    """
    for user in users:
        if user.role == Role.UNIT:
            _give_busiest_unit(user)
        if user.role == Role.DEPUTY and not Person.objects.visible_to(OPERATOR).filter(user=user):
            people = Person.objects.visible_to(OPERATOR).in_place(user.place).filter(user=None)
            alike = people.filter(name__startswith=user.name[0]).annotate(n=Count("raised"))
            person = alike.order_by("-n", "pk").first()
            if person is not None:
                person.user = user
                person.save()


def _give_busiest_unit(user):
    """The unit of the user's township that leads most cases."""
    units = Unit.objects.visible_to(OPERATOR).filter(place=user.place)
    handled = CaseUnit.objects.visible_to(OPERATOR).filter(unit__in=units, role=UnitRole.LEAD)
    busiest = handled.values("unit").annotate(n=Count("pk")).order_by("-n", "unit").first()
    if busiest is not None:
        user.unit_id = busiest["unit"]
        user.save(update_fields=["unit"])
