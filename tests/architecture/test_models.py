"""Every model says who may see its rows, and what it is in the real world."""

from django.apps import apps

from congress.scoping import ScopedQuerySet
from congress.settings import ROOMS

# model → why it has no door of its own
NOT_SCOPED = {
    "congress.PasswordHistory": "no page shows it: only the rule for new passwords reads it",
}


def models():
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def is_scoped(model):
    queryset = model._default_manager.all()
    own = getattr(type(queryset), "visible_to", ScopedQuerySet.visible_to)
    return isinstance(queryset, ScopedQuerySet) and own is not ScopedQuerySet.visible_to


def test_every_model_is_scoped_or_stands_in_the_list_with_its_reason():
    assert {model._meta.label for model in models() if not is_scoped(model)} == set(NOT_SCOPED)


def test_every_model_says_what_it_is():
    # Django writes "Name(field, field)" where nothing is said.
    told = {model._meta.label: model.__doc__ or "" for model in models()}
    assert [
        label for label, text in told.items() if text.startswith(label.split(".")[1] + "(")
    ] == []


def test_the_base_door_raises():
    class Unscoped(ScopedQuerySet):
        pass

    assert Unscoped.visible_to is ScopedQuerySet.visible_to
