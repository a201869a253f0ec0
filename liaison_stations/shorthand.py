"""What the sheet 联络站 says in short of what 联络站人员 and 制度 say in full: rows without dates.

The columns 站长, 副站长, 联络员 and 制度 hold the undated rows of a station; all three sheets are
read from and written to the same records, so a file that says one thing in two sheets must come to
one record, on the first import and on the next.
"""

from collections import defaultdict

from django.db.models import Q

from liaison_stations.models import Rule, StationPost

POSTS = {
    "heads": StationPost.Post.HEAD,
    "deputy_heads": StationPost.Post.DEPUTY_HEAD,
    "liaisons": StationPost.Post.LIAISON,
}
FIELDS = (*POSTS, "rules")
UNDATED_POST = Q(starts=None, ends=None, post__in=POSTS.values())
UNDATED_RULE = Q(adopted_on=None, abolished_on=None, station__isnull=False)


def complete(load, row):
    """Let the shorthand columns of a station's row name all its undated posts and rules, those too
    that the file names in the other sheets; a rule that bears a date is of the sheet 制度 alone.
    """
    station = row.values.get("name")
    for field in FIELDS:
        if row.values.get(field):
            names = dict.fromkeys([*row.values[field], *_elsewhere(load)[station, field]])
            dated = _dated_rules(load) if field == "rules" else ()
            row.values[field] = [name for name in names if (station, name) not in dated]


def _elsewhere(load):
    """{(station, field): names} of the undated rows of the sheets 联络站人员 and 制度."""
    if "undated elsewhere" not in load.bag:
        found = defaultdict(list)
        fields = {str(post): field for field, post in POSTS.items()}
        for row in rows_of(load, StationPost):
            if row.get("post") in fields and not (row.get("starts") or row.get("ends")):
                found[row.get("station"), fields[row.get("post")]].append(row.get("name"))
        for row in rows_of(load, Rule):
            if not (row.get("adopted_on") or row.get("abolished_on")):
                found[row.get("maker"), "rules"].append(row.get("name"))
        load.bag["undated elsewhere"] = found
    return load.bag["undated elsewhere"]


def _dated_rules(load):
    """{(station, name)} of the stations' rules that bear a date in the records."""
    if "dated rules" not in load.bag:
        rules = Rule.objects.visible_to(load.user).in_place(load.place).exclude(UNDATED_RULE)
        load.bag["dated rules"] = set(rules.values_list("maker", "name"))
    return load.bag["dated rules"]


def rows_of(load, model):
    """The rows that the file brings for a model."""
    return [row for table, rows in load.rows.items() if table.model is model for row in rows]


def about_to_change(load, model):
    """Keys of the records of a model that rows of its own sheet change."""
    return [
        change.record.pk
        for table, changes in load.changes.items() if table.model is model
        for change in changes
    ]  # fmt: skip
