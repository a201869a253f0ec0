"""What tests of the figures of cases share: cases as far as they got, events, values."""

from tests.reports.books import MANDATES, ROSTER, YEAR, figures

HANDED = {"处理方式": "交办", "处理日期": "2024-03-10", "主办单位": "镇水务站"}
REPLIED = HANDED | {"首次答复日期": "2024-05-01", "办理结果": "A"}
CLOSED = REPLIED | {"办结日期": "2024-06-01"}
JUDGED = REPLIED | {"评价日期": "2024-05-20", "态度评价": "满意"}
DEPUTIES = {"代表名册": ROSTER, "代表职务": MANDATES}
COLLECTED, ACCEPTED = "suggestions.collected", "suggestions.accepted"


def judged(*words):
    """Replied cases whose result was judged so."""
    return [JUDGED | {"结果评价": word} for word in words]


def event(number, day, name, **more):
    """A row of 办理过程."""
    return {"编号": number, "日期": day, "事项": name, **more}


def values(place, *keys, period=YEAR, **filters):
    """The values of several figures."""
    found = figures(place, period, keys=keys, **filters)
    return [found[key].value for key in keys]
