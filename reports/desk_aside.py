"""What stands beside the list of a desk: what the next days bring, and small things left over."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Value
from django.urls import reverse

from activities.models import Activity
from congress.calendar import RuleError, activity_days
from congress.lunar import lunar_text
from congress.roles import WRITING_ROLES, Role
from deputies.models import Meeting
from liaison_stations.models import StationDetail
from reports.findings import findings
from suggestions.desk_groups import own_standings
from suggestions.models import ScanDrop
from suggestions.not_received import not_received
from suggestions.steps import AFTER_REPLY, UNDERWAY
from suggestions.unscanned import unscanned

AHEAD = timedelta(days=14)
MOST_DAYS = 3
STATIONS_NAMED = 3


@dataclass(frozen=True)
class Day:
    """A day with what it brings, [(text, address or "")]."""

    on: object
    lunar: str
    lines: tuple

    @property
    def week(self):
        """周一."""
        return f"周{'一二三四五六日'[self.on.weekday()]}"


def days_ahead(user, today):
    """The next days on which something happens or runs out, the first few of two weeks. Four
    queries; one for who keeps no meetings.
    """
    until, found = today + AHEAD, defaultdict(list)
    for on, line in [*_events(user, today, until), *_last_days(user, today, until)]:
        found[on].append(line)
    return [Day(on, lunar_text(on), tuple(found[on])) for on in sorted(found)[:MOST_DAYS]]


def _events(user, today, until):
    if user.role not in WRITING_ROLES:
        return
    for model, sheet in ((Meeting, "meetings"), (Activity, "activities")):
        rows = model.objects.visible_to(user).filter(starts__gte=today, starts__lte=until)
        for row in rows.exclude(cancelled=True) if model is Activity else rows:
            yield row.starts, (row.name, reverse("record", args=[sheet, row.pk]))
    yield from _station_days(user, today, until)


def _station_days(user, today, until):
    """One line a day for all stations that are open then."""
    rows = StationDetail.objects.visible_to(user).filter(station__closed_on=None)
    open_on = defaultdict(list)
    for name, rule in rows.exclude(activity_rule="").values_list("station__name", "activity_rule"):
        for on in _days_of(rule, today, until):
            open_on[on].append(name)
    for on, names in open_on.items():
        more = f"等 {len(names)} 个" if len(names) > STATIONS_NAMED else ""
        text = f"联络站活动日：{'、'.join(names[:STATIONS_NAMED])}{more}"
        yield on, (text, reverse("record-list", args=["stations"]))


def _days_of(rule, today, until):
    try:
        return activity_days(rule, today, until)
    except RuleError:  # as it was imported; the station's page says what is wrong with it
        return []


def _last_days(user, today, until):
    """Deadlines and promises by day: one query."""
    rows = own_standings(user).filter(leads=True) if user.role == Role.UNIT else own_standings(user)
    replies = rows.filter(state__in=UNDERWAY, deadline__gte=today, deadline__lte=until)
    promised = rows.filter(
        state__in=AFTER_REPLY, kept_on=None, promised_on__gte=today, promised_on__lte=until
    )
    both = _by_day(replies, "deadline", "答复到期").union(
        _by_day(promised, "promised_on", "承诺到期"), all=True
    )
    for row in both:
        url = reverse("promises") if row["name"] == "承诺到期" else ""
        yield row["day"], (f"{row['number']} 件{row['name']}", url)


def _by_day(rows, column, name):
    rows = rows.order_by().annotate(name=Value(name), day=F(column)).values("name", "day")
    return rows.annotate(number=Count("pk"))


def left_over(user):
    """[(words, number, address)] of small things that wait beside the cases; one query."""
    kinds = {"scan": ("没有归档的扫描件", ScanDrop.objects.visible_to(user), "scans")}
    if user.role in WRITING_ROLES:
        kinds |= {
            "lost": ("没有收到答复", not_received(user), "not-received"),
            "sheet": ("代录评价还缺扫描件", unscanned(user), "unscanned"),
            "finding": ("导入后待核的问题", findings(user).filter(done_at=None), "findings"),
        }
    first, *others = [
        rows.order_by().annotate(waits=Value(key)).values("waits").annotate(number=Count("pk"))
        for key, (_, rows, _) in kinds.items()
    ]
    numbers = {row["waits"]: row["number"] for row in first.union(*others, all=True)}
    return [
        (words, numbers[key], reverse(name))
        for key, (words, _, name) in kinds.items()
        if numbers.get(key)
    ]
