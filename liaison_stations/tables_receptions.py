"""The sheets 接待记录 and 知晓调查 bound to receptions and surveys."""

from congress.models import Station
from deputies.binding import FilledTable
from deputies.lookup import settle
from deputies.office import in_office
from liaison_stations.columns import AWARENESS, RECEPTIONS
from liaison_stations.models import AwarenessSurvey, Reception, ReceptionDeputy
from liaison_stations.shorthand import rows_of
from liaison_stations.tables_staff import require_station

TEXTS = ("where", "recorder")
NUMBERS = ("citizens", "opinions")
TIMES = ("on", "starts_at", "ends_at")


class ReceptionTable(FilledTable):
    """One row a reception session, with the deputies who received."""

    sheet = RECEPTIONS
    model = Reception
    search = ("station__name", "where", "deputies__name", "recorder")
    listed = ("on", "starts_at", "station", "deputies", "citizens")
    dated = "on"

    def prepare(self, load, row):
        require_station(load, row)
        settle(load, row, "deputies")

    def check(self, load, row, values):
        starts, ends, day = values.get("starts_at"), values.get("ends_at"), values.get("on")
        if starts and ends and ends < starts:
            load.error(row, "ends_at", f"结束时间早于开始时间{starts:%H:%M}")
        if not day:
            return
        for name in values.get("deputies") or ():
            if not in_office(load, name, day):
                load.finding(row, "deputies", f"{name}在{day:%Y-%m-%d}不在任")
        self._check_open(load, row, values["station"], day)

    def _check_open(self, load, row, station, day):
        built, closed = _openings(load).get(station, (None, None))
        if built and day < built:
            load.finding(row, "on", f"接待早于联络站建成日期{built:%Y-%m-%d}")
        if closed and day >= closed:
            load.finding(row, "on", f"联络站已于{closed:%Y-%m-%d}停用")

    def read(self, records):
        sessions = records.select_related("station").prefetch_related("attendances__person")
        return [
            (
                session,
                {name: getattr(session, name) for name in (*TIMES, *TEXTS, *NUMBERS)}
                | {
                    "station": session.station.name,
                    "deputies": [str(each.person) for each in session.attendances.all()],
                },
            )
            for session in sessions
        ]

    def fill(self, load, session, values, row):
        session.station_id = load.pk("station", values["station"])
        self.copy(session, values, *TIMES, *TEXTS)
        for name in NUMBERS:
            setattr(session, name, values.get(name) or 0)

    def write_children(self, load, filled):
        received = [(session, values) for session, values, fields in filled if "deputies" in fields]
        sessions = [session.pk for session, _ in received]
        ReceptionDeputy._base_manager.filter(reception__in=sessions).delete()
        attendances = [
            ReceptionDeputy(reception=session, person_id=load.pk("person", name))
            for session, values in received
            for name in values.get("deputies") or ()
        ]
        ReceptionDeputy._base_manager.bulk_create(attendances, batch_size=1000)


def _openings(load):
    """{station: (built, closed)} as the records and the file say."""
    if "openings" not in load.bag:
        stations = Station.objects.visible_to(load.user).in_place(load.place)
        found = {station.name: (station.built_on, station.closed_on) for station in stations}
        for row in rows_of(load, Station):
            built, closed = found.get(row.get("name"), (None, None))
            found[row.get("name")] = (row.get("built_on", built), row.get("closed_on", closed))
        load.bag["openings"] = found
    return load.bag["openings"]


class AwarenessTable(FilledTable):
    """One row a survey in one village."""

    sheet = AWARENESS
    model = AwarenessSurvey
    search = ("village__name",)
    listed = ("on", "village", "asked", "knew")
    dated = "on"

    def prepare(self, load, row):
        if row.get("village"):
            load.growing.village(row, "village", row.get("village"))

    def check(self, load, row, values):
        asked, knew = values.get("asked"), values.get("knew")
        if asked is not None and knew is not None and knew > asked:
            load.error(row, "knew", f"知晓人数多于询问人数{asked}")

    def read(self, records):
        return [
            (survey, {"on": survey.on, "village": survey.village.name, "asked": survey.asked,
                      "knew": survey.knew})
            for survey in records.select_related("village")
        ]  # fmt: skip

    def fill(self, load, survey, values, row):
        survey.village_id = load.growing.village_pk(values["village"])
        self.copy(survey, values, "on", "asked", "knew")
