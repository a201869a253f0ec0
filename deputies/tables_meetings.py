"""The sheets 班子成员, 人大会议, 代表述职 and 请示报告 bound to their records."""

from decimal import Decimal

from congress.sheets.columns import Pair
from deputies.binding import FilledTable, meet_term, own_level, refuse_disorder, term_pk
from deputies.columns import DUTY_REPORTS, LEADERS, MEETINGS, PARTY_REPORTS, REVIEW_WORDS
from deputies.lookup import settle
from deputies.models import AgendaItem, DutyReport, Leader, Meeting, PartyReport
from deputies.office import in_office

ITEMS = {
    "heard": AgendaItem.Kind.HEARD,
    "elected": AgendaItem.Kind.ELECTED,
    "voted": AgendaItem.Kind.VOTED,
}


def whole_counts(load, row, field):
    """Drop the units of the pairs of a cell (1人, 30票); load.error where a number is not whole."""
    pairs = row.values.get(field)
    for pair in pairs or ():
        if pair.number != int(pair.number):
            load.error(row, field, f"“{pair.name}”的数要是整数")
    if pairs:
        row.values[field] = [Pair(pair.name, pair.number) for pair in pairs]


class LeaderTable(FilledTable):
    """One row a post that a leader holds or held."""

    sheet = LEADERS
    model = Leader
    search = ("name", "post")
    listed = ("term", "body", "post", "name", "born", "starts", "ends")
    filters = (("body", "body"),)
    dated = "starts"

    def prepare(self, load, row):
        meet_term(load, row, "term", own_level(load.place))

    def check(self, load, row, values):
        refuse_disorder(load, row, values, ("ends", "starts"), ("starts", "born"))

    def read(self, records):
        names = ("body", "post", "name", "born", "starts", "ends")
        return [
            (leader, {"term": leader.term.name} | {name: getattr(leader, name) for name in names})
            for leader in records.select_related("term")
        ]

    def fill(self, load, record, values, row):
        self.copy(record, values, "body", "post", "name", "born", "starts", "ends")
        record.term_id = term_pk(load, own_level(load.place), values["term"], row)


class MeetingTable(FilledTable):
    """One row a meeting of the congress or of its presidium, with its agenda."""

    sheet = MEETINGS
    model = Meeting
    provides = "meeting"
    search = ("name", "items__title")
    listed = ("name", "kind", "term", "starts", "ends", "due", "present")
    filters = (("kind", "kind"),)
    dated = "starts"

    def names(self, load):
        """{name: pk} of the meetings of the load's own place."""
        meetings = self.records(load.user).filter(place=load.place)
        return dict(meetings.values_list("name", "pk"))

    def prepare(self, load, row):
        meet_term(load, row, "term", own_level(load.place))
        whole_counts(load, row, "elected")

    def check(self, load, row, values):
        refuse_disorder(load, row, values, ("ends", "starts"))
        due, present = values.get("due"), values.get("present")
        if due is not None and present is not None and present > due:
            load.error(row, "present", f"实到人数多于应到人数{due}，请核对")

    def read(self, records):
        meetings = records.select_related("term").prefetch_related("items")
        return [(meeting, self._values(meeting)) for meeting in meetings]

    def _values(self, meeting):
        names = ("name", "kind", "starts", "ends", "due", "present")
        values = {name: getattr(meeting, name) for name in names}
        items = {field: [] for field in ITEMS}
        fields = {kind: field for field, kind in ITEMS.items()}
        for item in meeting.items.all():
            posts = item.kind == AgendaItem.Kind.ELECTED
            value = Pair(item.title, Decimal(item.number or 0)) if posts else item.title
            items[fields[item.kind]].append(value)
        return values | {"term": meeting.term.name} | items

    def fill(self, load, record, values, row):
        self.copy(record, values, "name", "kind", "starts", "ends", "due", "present")
        record.term_id = term_pk(load, own_level(load.place), values["term"], row)

    def write_children(self, load, filled):
        items = []
        for meeting, values, fields in filled:
            kinds = [kind for field, kind in ITEMS.items() if field in fields]
            if kinds and meeting.version > 1:
                AgendaItem._base_manager.filter(meeting=meeting, kind__in=kinds).delete()
            items += [
                AgendaItem(meeting=meeting, kind=kind, **self._item(value))
                for field, kind in ITEMS.items()
                if field in fields
                for value in values.get(field) or ()
            ]
        AgendaItem._base_manager.bulk_create(items, batch_size=1000)

    def _item(self, value):
        if isinstance(value, Pair):
            return {"title": value.name, "number": int(value.number)}
        return {"title": value}


class DutyReportTable(FilledTable):
    """One row a report of a deputy to the voters (代表法 58)."""

    sheet = DUTY_REPORTS
    model = DutyReport
    search = ("person__name", "person__pinyin", "person__initials", "constituency")
    listed = ("name", "on", "constituency", "voters", "review")
    dated = "on"

    def prepare(self, load, row):
        settle(load, row, "name")
        whole_counts(load, row, "review")
        votes = {pair.name: pair for pair in row.values.get("review") or ()}
        unknown = [name for name in votes if name not in REVIEW_WORDS]
        if unknown or len(votes) < len(row.values.get("review") or ()):
            load.error(row, "review", "评议结果要写成 满意:30；基本满意:4；不满意:1，每项一次")
        elif votes:
            row.values["review"] = [votes[word] for word in REVIEW_WORDS if word in votes]

    def check(self, load, row, values):
        votes = sum(pair.number for pair in values.get("review") or ())
        if values.get("voters") is not None and votes > values["voters"]:
            load.finding(row, "review", f"评议票数{votes}多于到会选民{values['voters']}")
        name, on = values.get("name"), values.get("on")
        if name and on and not in_office(load, name, on):
            load.finding(row, "on", f"{name}这一天不在任")

    def read(self, records):
        return [(report, self._values(report)) for report in records.select_related("person")]

    def _values(self, report):
        votes = {word: getattr(report, column) for word, column in REVIEW_WORDS.items()}
        return {
            "name": str(report.person),
            "on": report.on,
            "constituency": report.constituency,
            "voters": report.voters,
            "review": [Pair(word, Decimal(n)) for word, n in votes.items() if n is not None],
        }

    def fill(self, load, record, values, row):
        self.copy(record, values, "on", "constituency", "voters")
        record.person_id = load.pk("person", values["name"])
        votes = {pair.name: int(pair.number) for pair in values.get("review") or ()}
        for word, column in REVIEW_WORDS.items():
            setattr(record, column, votes.get(word))


class PartyReportTable(FilledTable):
    """One row a matter reported to the party committee or the county."""

    sheet = PARTY_REPORTS
    model = PartyReport
    search = ("title",)
    listed = ("on", "title", "to", "way")
    filters = (("to", "to"),)
    dated = "on"

    def read(self, records):
        names = ("on", "title", "to", "way")
        return [(report, {name: getattr(report, name) for name in names}) for report in records]

    def fill(self, load, record, values, row):
        self.copy(record, values, "on", "title", "to", "way")
