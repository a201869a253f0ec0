"""What stands on the sheets of a file that we write ourselves, as plain texts."""

from dataclasses import dataclass, field

from django.utils.timezone import make_naive

from congress.period import chinese_day
from suggestions.case_codes import link_of
from suggestions.models import Case
from suggestions.papers import of_case
from suggestions.words import Origin, ResultClass, UnitRole

NAMELESS = "未填"
DATED = {"handed_on": "交办", "replied_on": "首次答复", "closed_on": "办结"}


@dataclass
class CaseFile:
    """The texts of one file, and its papers. `facts`: [(label, text)]; `course`: [(day, step, what,
    entered by and when)].
    """

    case: Case
    place: str
    maker: str
    made_on: str
    link: str
    facts: list
    course: list
    papers: list
    state: str
    names: str
    unit: str
    closed_on: object
    notes: list = field(default_factory=list)

    @property
    def title(self):
        """What its PDF is called, without suffix."""
        return f"{self.case.number} {self.case.title}"

    def texts(self):
        """Everything that is to be drawn, to find fonts for it."""
        pairs = [text for row in [*self.facts, *self.course] for text in row]
        papers = [paper.name for paper in self.papers]
        own = [self.place, self.maker, self.title, self.case.body, self.names, self.unit]
        return "".join([*pairs, *papers, *own])


def read(case, user, now):
    """The file of a case as the user may see it. now: the moment at which it is made."""
    standing = case.standings.filter(ends=None).select_related("category").first()
    proposers = list(case.proposers.select_related("person"))
    units = list(case.units.filter(ends=None).select_related("unit"))
    leads = "、".join(row.unit.name for row in units if row.role == UnitRole.LEAD)
    names = "、".join(row.person.name if row.person else row.name for row in proposers)
    return CaseFile(
        case=case,
        place=case.place.name,
        maker=user.name,
        made_on=chinese_day(make_naive(now).date()),
        link=link_of(case),
        facts=_facts(case, standing, names, units),
        course=[_line(step) for step in _steps(case)],
        papers=of_case(user, case),
        state=standing.state if standing else "",
        names=names,
        unit=leads,
        closed_on=standing.closed_on if standing else None,
    )


def _facts(case, standing, names, units):
    citizen = standing and standing.origin == Origin.CITIZEN
    return [
        ("编号", case.number),
        ("标题", case.title),
        ("类型", f"{case.kind}（{standing.category}）" if standing.category else case.kind),
        ("提出人" if citizen else "提出代表", names or NAMELESS),
        ("提出日期", _day(case.raised_on)),
        *[(f"{row.role}单位", row.unit.name) for row in units],
        *[
            (f"{name}日期", _day(getattr(standing, column)))
            for column, name in DATED.items()
            if getattr(standing, column)
        ],
        ("办理结果", f"{standing.result_class} 类" if standing.result_class else NAMELESS),
        ("评价", _judgement(standing)),
        ("现在状态", standing.state),
    ]


def _judgement(standing):
    if not standing.evaluation and not standing.attitude:
        return NAMELESS
    said = (("办理态度", standing.attitude), ("办理结果", standing.evaluation))
    return "；".join(f"对{what}{word}" for what, word in said if word)


def _day(day):
    return chinese_day(day) if day else NAMELESS


def _steps(case):
    steps = case.steps.filter(superseded_at=None).select_related("unit", "entered_by")
    return steps.order_by("on", "order", "pk")


def _line(step):
    told = [
        step.unit.name if step.unit else "",
        f"态度{step.attitude}" if step.attitude else "",
        f"{step.result} 类" if step.result in ResultClass else step.result,
        f"至{step.due:%Y-%m-%d}" if step.due else "",
        *(str(step.data[key]) for key in ("number", "promise", "promise_by") if step.data.get(key)),
        step.note,
    ]
    by = step.entered_by.name if step.entered_by else step.entered_as or "系统"
    entered = make_naive(step.entered_at)
    what = "　".join(filter(None, told))
    return f"{step.on:%Y-%m-%d}", step.name, what, f"{by} {entered:%Y-%m-%d}"
