"""The sheet 联络站 bound to stations, and all tables of this room in the order of the ledger."""

from django.db.models import Prefetch

from congress.activity_days import RuleError, parse_rule
from congress.default_words import GAP, defaults
from congress.models import Place, Station, Word
from deputies.binding import FilledTable
from liaison_stations.columns import STATIONS
from liaison_stations.models import Rule, StationAsset, StationCover, StationDetail, StationPost
from liaison_stations.shorthand import (
    POSTS,
    UNDATED_POST,
    UNDATED_RULE,
    about_to_change,
    complete,
)  # fmt: skip
from liaison_stations.tables_receptions import AwarenessTable, ReceptionTable
from liaison_stations.tables_staff import RuleTable, StaffTable

PLAIN = ("name", "kind", "built_on", "upgraded_on", "closed_on")
ASSETS = {"equipment": StationAsset.Kind.EQUIPMENT, "checklist": StationAsset.Kind.CHECKLIST}
CHILDREN = ("covers", *ASSETS, *POSTS, "rules")


class StationTable(FilledTable):
    """One row a station, with what it has and the undated posts and rules that belong to it."""

    sheet = STATIONS
    model = Station
    provides = "station"
    search = ("name", "detail__address", "village__name")
    listed = ("name", "kind", "village", "built_on", "upgraded_on", "heads", "activity_days")
    filters = (("kind", "kind"),)

    def names(self, load):
        return dict(self.records(load.user, load.place).values_list("name", "pk"))

    def prepare(self, load, row):
        villages = [("village", row.get("village"))]
        villages += [("covers", name) for name in row.get("covers") or ()]
        for field, name in villages:
            if name:
                load.growing.village(row, field, name)
        self._meet_checklist(load, row)
        complete(load, row)

    def _meet_checklist(self, load, row):
        """A county without a list of its own has the bundled one, until a ledger names a further
        item.
        """
        known = load.growing.known(Word.Kind.CHECKLIST)
        for text in row.get("checklist") or ():
            if known or text not in defaults()[Word.Kind.CHECKLIST]:
                load.growing.word(row, "checklist", Word.Kind.CHECKLIST, text)
                load.bag["checklist begins"] = not known

    def check(self, load, row, values):
        built, upgraded, closed = (values.get(name) for name in PLAIN[2:])
        if built and closed and closed < built:
            load.error(row, "closed_on", f"停用日期早于建成日期{built:%Y-%m-%d}")
        if built and upgraded and upgraded < built:
            load.finding(row, "upgraded_on", f"提升日期早于建成日期{built:%Y-%m-%d}")
        if values.get("activity_days"):
            try:
                parse_rule(values["activity_days"])
            except RuleError as error:
                load.finding(row, "activity_days", f"{error}；已按原文保存，不能排出日期")

    def read(self, records):
        posts = StationPost._base_manager.filter(UNDATED_POST).order_by("pk")
        rules = Rule._base_manager.filter(UNDATED_RULE).order_by("pk")
        stations = records.select_related("village", "detail").prefetch_related(
            "covers__village",
            "assets",
            Prefetch("posts", posts, to_attr="undated_posts"),
            Prefetch("rules", rules, to_attr="undated_rules"),
        )
        return [(station, self._values(station)) for station in stations]

    def _values(self, station):
        detail = getattr(station, "detail", None) or StationDetail()
        values = {name: getattr(station, name) for name in PLAIN}
        values |= {
            "village": station.village.name if station.village else "",
            "address": detail.address,
            "activity_days": detail.activity_rule,
            "covers": [cover.village.name for cover in station.covers.all()],
            "rules": [rule.name for rule in station.undated_rules],
        }
        for field, kind in ASSETS.items():
            values[field] = [asset.text for asset in station.assets.all() if asset.kind == kind]
        for field, post in POSTS.items():
            values[field] = [held.name for held in station.undated_posts if held.post == post]
        return values

    def fill(self, load, station, values, row):
        self.copy(station, values, *PLAIN)
        station.village_id = load.growing.village_pk(values.get("village") or None)

    def write_children(self, load, filled):
        for field in CHILDREN:
            stations = [station.pk for station, _, fields in filled if field in fields]
            if stations:
                self._old(load, field).filter(station__in=stations).delete()
        self._write_details(filled)
        found = {StationCover: [], StationAsset: [], StationPost: [], Rule: []}
        for station, values, fields in filled:
            for field in (name for name in CHILDREN if name in fields):
                for text in values.get(field) or ():
                    child = self._child(load, station, field, text)
                    found[type(child)].append(child)
        for model, children in found.items():
            # a rule that stands in the sheet 制度 already is not made twice
            model._base_manager.bulk_create(
                children, batch_size=500, ignore_conflicts=model is Rule
            )

    def _write_details(self, filled):
        details = [
            StationDetail(
                station=station,
                address=values.get("address") or "",
                activity_rule=values.get("activity_days") or "",
            )
            for station, values, _ in filled
        ]
        StationDetail._base_manager.bulk_create(
            details,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["station"],
            update_fields=["address", "activity_rule"],
        )

    def _child(self, load, station, field, text):
        if field == "covers":
            return StationCover(station=station, village_id=load.growing.village_pk(text))
        if field in ASSETS:
            return StationAsset(station=station, kind=ASSETS[field], text=text)
        record = {"place": load.place, "entered_by": load.author, "entered_at": load.now}
        if field in POSTS:
            return StationPost(station=station, post=POSTS[field], name=text, **record)
        return Rule(station=station, maker=station.name, name=text, **record)

    def _old(self, load, field):
        """The children that a changed column replaces, but for those that a row of their own sheet
        changes.
        """
        if field == "covers":
            return StationCover._base_manager.all()
        if field in ASSETS:
            return StationAsset._base_manager.filter(kind=ASSETS[field])
        if field in POSTS:
            posts = StationPost._base_manager.filter(UNDATED_POST, post=POSTS[field])
            return posts.exclude(pk__in=about_to_change(load, StationPost))
        rules = Rule._base_manager.filter(UNDATED_RULE)
        return rules.exclude(pk__in=about_to_change(load, Rule))

    def finish(self, load):
        """A county's list that begins with an item of a ledger begins with the bundled items."""
        if load.bag.pop("checklist begins", False):
            county = Place.objects.visible_to(load.user).get(code=load.place.code[:6])
            words = [
                Word(
                    place=county,
                    kind=Word.Kind.CHECKLIST,
                    text=text,
                    order=number * GAP,
                    entered_by=load.author,
                )
                for number, text in enumerate(defaults()[Word.Kind.CHECKLIST], 1)
            ]
            Word._base_manager.bulk_create(words, ignore_conflicts=True)


TABLES = (StationTable, StaffTable, RuleTable, ReceptionTable, AwarenessTable)
