"""What a figure page is asked for: place, period and filters, read from its address and written
back into links.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from congress.models import Place
from congress.period import CUSTOM, PRESETS, THIS_TERM, Period, PeriodError
from deputies.terms import term_start
from reports.catalogue import filter_names

CUSTOM_WORD = "自选"


@dataclass(frozen=True)
class Asked:
    """For whom, where, when and by what filters; `name` is the period's name in the address,
    `labels` {breakdown: (label,)} asks for the rows under one label.
    """

    user: object
    place: object
    period: Period
    name: str
    filters: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)

    @property
    def place_asked(self):
        """The place where it is another than the user's own, as the address has it."""
        return {} if self.place.code == self.user.place.code else {"place": self.place.code}

    def query(self, name=None, **changes):
        """The query string of the same question; `name`: over another period. Changes of None are
        left out.
        """
        name = name or self.name
        period = {"period": name} | (self._days() if name == CUSTOM else {})
        if self.period.as_of != self.period.end and name == self.name:
            period["as_of"] = self.period.as_of.isoformat()
        asked = self.place_asked | period | self.filters | changes
        return query_string(asked)

    def _days(self):
        return {"from": self.period.start.isoformat(), "to": self.period.end.isoformat()}


def query_string(asked):
    """`?a=1&b=2&b=3` of {name: value or values}; None is left out."""
    return "?" + urlencode({k: v for k, v in asked.items() if v not in (None, "")}, doseq=True)


def exact_query(place, period, filters, labels=None):
    """The query string of the rows of one number: its days written out."""
    asked = {
        "place": place.code,
        "period": CUSTOM,
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "as_of": None if period.as_of == period.end else period.as_of.isoformat(),
    }
    for name, values in (labels or {}).items():
        asked |= {"by": name, "label": values}
    return query_string(asked | filters)


def ask(request, today):
    """(Asked, error): what the address asks; where its period cannot be read the error says so in
    Chinese and this year is asked instead. 404: a place outside the user's.
    """
    place = place_of(request)
    params = request.GET
    name = params.get("period", "").strip()
    if name in ("", CUSTOM):
        name = CUSTOM if params.get("from") or params.get("to") else PRESETS[0]
    error = ""
    try:
        start = term_start(request.user, place, today) if name == THIS_TERM else None
        period = Period.from_query(params, today=today, term_start=start)
    except PeriodError as problem:
        error, period = str(problem), Period.preset(PRESETS[0], today)
        name = name if name in (*PRESETS, CUSTOM) else PRESETS[0]
    filters = {n: tuple(filter(None, params.getlist(n))) for n in filter_names() if params.get(n)}
    labels = {params["by"]: tuple(params.getlist("label"))} if params.get("by") else {}
    return Asked(request.user, place, period, name, filters, labels), error


def place_of(request):
    """The user's own place, or the one below it that the address names."""
    own = request.user.place
    code = request.GET.get("place", "").strip()
    if not code or code == own.code:
        return own
    places = Place.objects.visible_to(request.user).in_place(own).exclude(level="村居")
    found = places.filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def segments(asked, view, **more):
    """The row of links above the table: the presets, and days of one's own; `more` goes along."""
    links = [
        {
            "label": name,
            "url": reverse(view) + asked.query(name, **more),
            "current": name == asked.name,
        }
        for name in PRESETS
    ]
    own = {
        "label": CUSTOM_WORD,
        "url": reverse(view) + asked.query(CUSTOM, **more),
        "current": asked.name == CUSTOM,
    }
    return [*links, own]
