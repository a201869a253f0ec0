"""The ledger sheets of this room, in the order in which they refer to each other."""

from deputies.tables_meetings import DutyReportTable, LeaderTable, MeetingTable, PartyReportTable
from deputies.tables_people import GroupingTable, MandateTable, RosterTable
from deputies.tables_places import TermTable, VillageTable

TABLES = (
    TermTable, VillageTable, RosterTable, MandateTable, GroupingTable, LeaderTable, MeetingTable,
    DutyReportTable, PartyReportTable,
)  # fmt: skip
