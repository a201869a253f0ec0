"""What became of a promised matter by a day."""

from django.db.models import Case, Q, Value, When

from suggestions.words import PromiseState


def promise_state(day):
    """Expression over standings: kept, broken (its day is past) or not yet due on `day`; empty
    without a promise.
    """
    return Case(
        When(promised_on=None, then=Value("")),
        When(Q(kept_on__lte=day), then=Value(PromiseState.KEPT.value)),
        When(Q(promised_on__lt=day), then=Value(PromiseState.BROKEN.value)),
        default=Value(PromiseState.DUE.value),
    )
