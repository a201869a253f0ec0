"""The sheets 联络站人员 and 制度 bound to posts and rules."""

from deputies.binding import FilledTable, refuse_disorder
from liaison_stations.columns import RULES, STAFF
from liaison_stations.models import Rule, StationPost
from liaison_stations.shorthand import UNDATED_POST, UNDATED_RULE

# Who may make a rule besides the stations.
BODIES = ("人大", "主席团")
RULE_COLUMNS = ("name", "maker", "adopted_on", "abolished_on")


class StaffTable(FilledTable):
    """One row a person in one post at one station over a span of days."""

    sheet = STAFF
    model = StationPost
    search = ("name", "station__name")
    listed = ("station", "post", "name", "starts", "ends")
    filters = (("post", "post"),)
    dated = "starts"

    def exported(self, records):
        """What a ledger file holds in this sheet: not what the sheet 联络站 says in short."""
        return self.read(records.exclude(UNDATED_POST))

    def prepare(self, load, row):
        require_station(load, row)

    def check(self, load, row, values):
        refuse_disorder(load, row, values, ("ends", "starts"))

    def read(self, records):
        return [
            (held, {"station": held.station.name, "post": held.post, "name": held.name,
                    "starts": held.starts, "ends": held.ends})
            for held in records.select_related("station")
        ]  # fmt: skip

    def create(self, load, rows):
        """Insert posts; an undated one that its station's own row has just brought is there."""
        standing = StationPost._base_manager.filter(UNDATED_POST, station__place=load.place)
        known = set(standing.values_list("station__name", "post", "name"))
        super().create(load, [row for row in rows if not self._stands(row, known)])

    def _stands(self, row, known):
        undated = not (row.get("starts") or row.get("ends"))
        return undated and (row.get("station"), row.get("post"), row.get("name")) in known

    def fill(self, load, held, values, row):
        held.station_id = load.pk("station", values["station"])
        self.copy(held, values, "post", "name", "starts", "ends")


class RuleTable(FilledTable):
    """One row a written rule; a rule named in the sheet 联络站 gets its dates here."""

    sheet = RULES
    model = Rule
    search = ("name", "maker")
    listed = ("name", "maker", "adopted_on", "abolished_on")
    dated = "adopted_on"

    def exported(self, records):
        """What a ledger file holds in this sheet: not what the sheet 联络站 says in short."""
        return self.read(records.exclude(UNDATED_RULE))

    def prepare(self, load, row):
        maker = row.get("maker")
        if maker and maker not in BODIES and not load.knows("station", maker):
            message = f"没有叫“{maker}”的联络站，制定者要写成 {'、'.join(BODIES)} 或联络站的名称"
            load.error(row, "maker", message)

    def check(self, load, row, values):
        refuse_disorder(load, row, values, ("abolished_on", "adopted_on"))

    def read(self, records):
        return [(rule, {name: getattr(rule, name) for name in RULE_COLUMNS}) for rule in records]

    def create(self, load, rows):
        """Insert rules; one that its station's own row has just brought is given its dates."""
        standing = Rule._base_manager.filter(UNDATED_RULE, place=load.place)
        known = {(rule.name, rule.maker): rule for rule in standing}
        met = [(known[self.key(row.values)], row) for row in rows if self.key(row.values) in known]
        super().create(load, [row for row in rows if self.key(row.values) not in known])
        for rule, row in met:
            self.fill(load, rule, row.values, row)
            load.made(row, rule)
        rules = [rule for rule, _ in met]
        Rule._base_manager.bulk_update(rules, ["adopted_on", "abolished_on"], batch_size=500)

    def fill(self, load, rule, values, row):
        self.copy(rule, values, *RULE_COLUMNS)
        rule.station_id = load.names("station").get(rule.maker)


def require_station(load, row):
    """An unknown station is an error of the row."""
    name = row.get("station")
    if name and not load.knows("station", name):
        load.error(row, "station", f"没有叫“{name}”的联络站，请核对名称，或先在“联络站”里加上")
