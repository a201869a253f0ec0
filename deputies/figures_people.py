"""Figures of people in office: who serves, how they are grouped, who was elected, who left."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Concat

from congress.calendar import add_months
from congress.figures import Base, Beside, Dimension, Distinct, Figure, Part
from congress.figures import Sum as SumOf
from congress.figures.by_column import one_of
from congress.ledger_words import Level
from deputies.levels import by_level, holding, level_held
from deputies.models import Mandate, Person, PersonFact, in_force

Kind = PersonFact.Kind
GROUP_KINDS = (Kind.GROUP, Kind.TOPIC_GROUP)
SERVED_OUT = "任期届满"
# Our own choice: whole years on the as-of date, up to and including the number.
AGE_BANDS = ((35, "35岁及以下"), (45, "36-45岁"), (55, "46-55岁"), (60, "56-60岁"))
OLDEST = "61岁以上"


def facts_of(ctx, *kinds, person="pk", **more):
    """The facts of a person (column `person` of the outer row) that hold on the as-of date."""
    facts = PersonFact._base_manager.filter(in_force(ctx.as_of), person=OuterRef(person))
    return facts.filter(kind__in=kinds, **more)


def _age_band(day):
    bounds = [
        When(born__gt=add_months(day, -12 * (years + 1)), then=Value(label))
        for years, label in AGE_BANDS
    ]
    return Case(When(born=None, then=Value("")), *bounds, default=Value(OLDEST))


def _linked(ctx):
    """How many households a person is linked with; one that is only named counts as one."""
    facts = facts_of(ctx, Kind.HOUSEHOLDS).order_by().values("person")
    each = Coalesce("number", 1)
    return Subquery(facts.annotate(n=Sum(each)).values("n"), output_field=IntegerField())


def _serving(ctx):
    party = facts_of(ctx, Kind.PARTY).order_by(F("starts").desc(nulls_last=True), "-pk")
    return (
        ctx.visible(Person)
        .filter(holding(ctx.as_of))
        .annotate(
            party=Subquery(party.values("value")[:1]),
            age_band=_age_band(ctx.as_of),
            linked=Coalesce(_linked(ctx), 0),
        )
    )


def _join_facts(*kinds):
    def join(queryset, ctx):
        return queryset.filter(in_force(ctx.as_of, "facts__") & Q(facts__kind__in=kinds))

    return join


def _by_station(queryset, values, ctx):
    return queryset.filter(Exists(facts_of(ctx, Kind.STATION, station__name__in=values)))


def _by_group(queryset, values, ctx):
    return queryset.filter(Exists(facts_of(ctx, *GROUP_KINDS, value__in=values)))


SERVING = Base(
    "deputies",
    _serving,
    {
        "level": level_held("mandates"),
        "sex": Dimension("sex"),
        "party": Dimension("party"),
        "education": Dimension("education"),
        "age_band": Dimension("age_band"),
        "occupation": Dimension("occupation"),
        "group": Dimension("facts__value", join=_join_facts(*GROUP_KINDS)),
        "station": Dimension("facts__station__name", join=_join_facts(Kind.STATION)),
    },
    {
        "level": by_level(person="pk"),
        "station": _by_station,
        "group": _by_group,
        "sex": one_of("sex", ("男", "女")),
        "party": one_of("party"),
        "education": one_of("education"),
        "age_band": one_of("age_band", (*(label for _, label in AGE_BANDS), OLDEST)),
        "occupation": one_of("occupation"),
    },
)


def has_fact(*kinds):
    """Condition: the deputy has a fact of one of these kinds on the as-of date."""
    return lambda ctx: Q(Exists(facts_of(ctx, *kinds)))


def _groups(ctx):
    serving = holding(ctx.as_of, person="person")
    facts = ctx.visible(PersonFact).filter(serving, in_force(ctx.as_of), kind__in=GROUP_KINDS)
    whole_name = Concat("place__code", Value("|"), "kind", Value("|"), "value")
    return facts.exclude(value="").annotate(whole_name=whole_name)


GROUPS = Base("groups", _groups, {"kind": Dimension("kind")}, {"kind": one_of("kind", GROUP_KINDS)})


def _elected(ctx):
    return ctx.within("elected_on")


def _mandates(ctx):
    return ctx.visible(Mandate).filter(_elected(ctx) | ctx.within("ends"))


MANDATES = Base(
    "mandates",
    _mandates,
    {"way": Dimension("way"), "reason": Dimension("end_reason")},
    {
        "way": one_of("way", Mandate.Way.values),
        "level": one_of("level", Level.values),
        "reason": one_of("end_reason"),
    },
)
PERSONS = Distinct("person_id")


def _elected_at(level):
    return Part(MANDATES, lambda ctx: _elected(ctx) & Q(level=level), PERSONS)


def _left(ctx):
    return ctx.within("ends") & ~Q(end_reason__in=("", SERVED_OUT))


FIGURES = (
    Figure("deputies.serving", (Part(SERVING),),
           by=("level", "sex", "party", "education", "age_band", "occupation", "group")),
    Figure("deputies.elected.county", (_elected_at(Level.COUNTY),), by=("way",)),
    Figure("deputies.elected.township", (_elected_at(Level.TOWNSHIP),), by=("way",)),
    Figure("deputies.left", (Part(MANDATES, _left, PERSONS),), by=("reason",)),
    Figure("deputies.in_station", (Part(SERVING, has_fact(Kind.STATION)),),
           by=("level", "station")),
    Figure("deputies.in_chat_group", (Part(SERVING, has_fact(Kind.CHAT_GROUP)),)),
    Figure("deputies.linking_households", (Part(SERVING, Q(linked__gt=0)),),
           beside=(Beside("households", Part(SERVING, measure=SumOf("linked"))),)),
    Figure("deputies.in_group", (Part(SERVING, has_fact(*GROUP_KINDS)),)),
    Figure("groups.total", (Part(GROUPS, measure=Distinct("whole_name")),), by=("kind",)),
)  # fmt: skip
