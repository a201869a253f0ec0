"""What happens to an undertaking unit: other names, closing, merging. Cases keep the unit that they
had."""

from django.db import transaction

from congress import accounts
from congress.models import Unit, UnitAlias, User
from congress.scoping import OPERATOR


def name_taken(place, name, besides=None):
    """The unit of a place that goes by that name or other name, or None."""
    units = Unit.objects.visible_to(OPERATOR).filter(place=place).exclude(pk=besides)
    alias = UnitAlias.objects.visible_to(OPERATOR).filter(place=place, name=name)
    alias = alias.exclude(unit=besides).select_related("unit").first()
    return units.filter(name=name).first() or (alias.unit if alias else None)


def add_alias(unit, name, by):
    """Ledgers may call the unit by this name as well."""
    mine = UnitAlias.objects.visible_to(OPERATOR).filter(unit=unit, name=name)
    if name != unit.name and not mine.exists():
        UnitAlias(place=unit.place, unit=unit, name=name, entered_by=by).save()


def close(unit, day):
    """No case is assigned to the unit from `day` on."""
    unit.closed_on = day
    unit.save()


def reopen(unit):
    """The closing was a mistake, or is over. A merged unit stays closed."""
    unit.closed_on = None
    unit.save()


def what_moves(unit, user):
    """What merging would do, as `user` may see it: names that move, accounts that move, records
    that stay."""
    return {
        "names": [unit.name, *(alias.name for alias in unit.aliases.all())],
        "accounts": list(_accounts(unit)),
        "merged_before": list(_merged_into(unit)),
        "staying": list(_staying(unit, user)),
    }


def merge(unit, target, day, by, now):
    """`unit` becomes part of `target` from `day` on: its names lead to `target`, its people work
    there, and what it handled so far stays under it."""
    with transaction.atomic():
        names = [unit.name, *(alias.name for alias in unit.aliases.all())]
        for alias in unit.aliases.all():
            alias.delete()
        for name in names:
            add_alias(target, name, by)
        for former in _merged_into(unit):
            former.merged_into = target
            former.save()
        for user in _accounts(unit):
            before = accounts.facts(user)
            user.unit = target
            accounts.change_account(user, before, now)
        unit.merged_into = target
        unit.closed_on = unit.closed_on or day
        unit.save()


def _accounts(unit):
    rows = User.objects.visible_to(OPERATOR).filter(unit=unit)
    return rows.select_related("place", "unit")


def _merged_into(unit):
    return Unit.objects.visible_to(OPERATOR).filter(merged_into=unit)


def _staying(unit, user):
    """(kind of record, how many name the unit); the ground does not know which rooms there are."""
    for relation in Unit._meta.get_fields(include_hidden=True):
        model = relation.related_model if relation.one_to_many else None
        if model is None or model in (Unit, UnitAlias, User):
            continue
        rows = model.objects.visible_to(user).filter(**{relation.field.name: unit})
        number = rows.distinct().count()
        if number:
            yield {"label": model._meta.verbose_name, "number": number}
