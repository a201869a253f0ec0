"""Cross-checks of a case's row: what cannot be is an error, what is odd is a finding."""

from deputies.models import Meeting
from deputies.office import in_office
from suggestions.columns import is_outside
from suggestions.row_events import UNDATED
from suggestions.words import Kind, Occasion, Origin, RaisedAt, Way

# (field, the field that may not be later, what to say)
ORDER = (
    ("handed_on", "raised_on"),
    ("replied_on", "raised_on"),
    ("closed_on", "raised_on"),
    ("withdrawn_on", "raised_on"),
    ("evaluated_on", "raised_on"),
    ("signed_on", "raised_on"),
)
# Odd, but it happens in real ledgers.
ODD_ORDER = (
    ("replied_on", "handed_on"),
    ("signed_on", "handed_on"),
    ("evaluated_on", "replied_on"),
    ("closed_on", "replied_on"),
)


# What tells that a case was handed over, in a ledger and in a table that is not ours.
HANDED = ("lead", "helpers")
HANDED_ELSEWHERE = (*HANDED, "replied_on", "result")
# What says nothing without one of the others: it would not be kept.
ORPHANS = (
    ("handed_on", ("way", "into")),
    ("deadline", ("way",)),
    ("promised_on", ("replied_on", "result")),
)


def complete(load, row, values):
    """Fill in what the row of a case leaves to be understood, each with a finding: a way of
    handling, the days of its steps. `values` is what the case will hold.
    """
    _find_way(load, row, values)
    for told, date_field, others in UNDATED:
        if values.get(told) and not values.get(date_field):
            on = next((values[name] for name in others if values.get(name)), None)
            if on:
                values[date_field] = row.values[date_field] = on
                column = row.sheet.column(date_field).header
                load.finding(row, date_field, f"没有{column}：按{on:%Y-%m-%d}登记")
    for field, needed in ORPHANS:
        if values.get(field) and not any(values.get(name) for name in needed):
            values[field] = None
            row.values.pop(field, None)
            header = row.sheet.column(needed[0]).header
            load.finding(row, field, f"没有{header}，{row.sheet.column(field).header}没有登记")


def _find_way(load, row, values):
    """A case with a unit was handed over."""
    signs = HANDED_ELSEWHERE if load.bag.get("free_proposers") else HANDED
    told = next((name for name in signs if values.get(name)), None)
    if told and not values.get("way") and not values.get("into"):
        on = values.get("handed_on") or values.get("raised_on")
        handed = {"way": Way.ASSIGNED.value} | ({"handed_on": on} if on else {})
        values.update(handed)
        row.values.update(handed)
        when = f"，日期{on:%Y-%m-%d}" if on else ""
        header = row.sheet.column(told).header
        load.finding(row, told, f"有{header}，没有处理方式：按交办登记{when}")


def check_case(load, row, values):
    """All checks of one row; `values` is what the case will hold."""
    _check_order(load, row, values)
    _check_motion(load, row, values)
    _check_meeting(load, row, values)
    _check_office(load, row, values)


def _check_order(load, row, values):
    header = lambda field: row.sheet.column(field).header  # noqa: E731
    for later, earlier in ORDER:
        if values.get(later) and values.get(earlier) and values[later] < values[earlier]:
            load.error(
                row,
                later,
                f"{header(later)}早于{header(earlier)}{values[earlier]:%Y-%m-%d}，请核对",
            )
    for later, earlier in ODD_ORDER:
        if values.get(later) and values.get(earlier) and values[later] < values[earlier]:
            load.finding(
                row, later, f"{header(later)}早于{header(earlier)}{values[earlier]:%Y-%m-%d}"
            )


def _check_motion(load, row, values):
    if values.get("motion_fate") and values.get("kind") != Kind.MOTION:
        load.error(row, "motion_fate", "只有类型是“议案”的才填议案处理")
    if values.get("into") and values["into"] == values.get("number"):
        load.error(row, "into", "不能并入自己")


def _check_meeting(load, row, values):
    days = _meeting_days(load).get(values.get("meeting") or "")
    raised_on = values.get("raised_on")
    if days and raised_on and not days[0] <= raised_on <= (days[1] or days[0]):
        load.finding(row, "raised_on", f"提出日期不在“{values['meeting']}”的会期内")
    own = values.get("raised_at") != RaisedAt.COUNTY and not load.bag.get("free_proposers")
    if own and values.get("occasion") == Occasion.CONGRESS and not values.get("meeting"):
        load.finding(row, "meeting", "提出场合是人代会，没有写是哪次会议")


def _meeting_days(load):
    if "meeting days" not in load.bag:
        meetings = Meeting.objects.visible_to(load.user).in_place(load.place)
        days = {
            name: (starts, ends)
            for name, starts, ends in meetings.values_list("name", "starts", "ends")
        }
        for table, rows in load.rows.items():
            if table.model is Meeting:
                days |= {
                    row.get("name"): (row.get("starts"), row.get("ends"))
                    for row in rows
                    if row.get("starts")
                }
        load.bag["meeting days"] = days
    return load.bag["meeting days"]


def _check_office(load, row, values):
    if (
        values.get("origin") != Origin.DEPUTY
        or load.bag.get("free_proposers")
        or not values.get("raised_on")
    ):
        return
    if values.get("raised_at") == RaisedAt.COUNTY:
        return
    for name in values.get("proposers") or ():
        if not is_outside(name) and not in_office(load, name, values["raised_on"]):
            load.finding(row, "proposers", f"{name}在{values['raised_on']:%Y-%m-%d}不在任")
