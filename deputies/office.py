"""Who was in office on a day, as far as the records and the file that is being read know."""

from collections import defaultdict

from deputies.models import Mandate


def in_office(load, name, day):
    """Whether the deputy of that canonical name holds any mandate on `day`."""
    spans = _spans(load)
    return any(
        starts <= day and (ends is None or day < ends) for starts, ends in spans.get(name, ())
    )


def _spans(load):
    if "office" not in load.bag:
        spans = defaultdict(list)
        mandates = (
            Mandate.objects.visible_to(load.user).in_place(load.place).select_related("person")
        )
        for mandate in mandates:
            spans[str(mandate.person)].append((mandate.starts, mandate.ends))
        for name, starts, ends in _coming(load):
            spans[name].append((starts, ends))
        load.bag["office"] = spans
    return load.bag["office"]


def _coming(load):
    """Mandates that the file itself brings, in its sheet 代表职务."""
    for table, rows in load.rows.items():
        if table.model is Mandate:
            for row in rows:
                starts = row.get("starts") or row.get("elected_on")
                if starts:
                    yield row.get("name"), starts, row.get("ends")
