"""意见建议办理情况一览表: a list of cases with where each stands, a row each."""

from django.db.models import Prefetch

from suggestions.models import CaseUnit, Standing
from suggestions.paper_forms.facts import NOT_REGISTERED, standing_of
from suggestions.paper_forms.people import name_of, named
from suggestions.words import UnitRole

TITLE = "意见建议办理情况一览表"
HEADERS = (
    *("序号", "编号", "标题", "领衔代表", "附议", "类别", "主办", "协办", "交办日期", "答复期限"),
    *("答复日期", "结果", "评价", "办结日期"),
)
DATES = ("handed_on", "deadline", "replied_on", "closed_on")


def overview_rows(cases):
    """The rows of a queryset of cases in its order, cells as texts and days under HEADERS; the same
    few queries however many, memory for a thousand cases at a time.
    """
    for place, case in enumerate(_with_parts(cases).iterator(chunk_size=1000), 1):
        standing = standing_of(case)
        names = [name_of(each) for each in case.proposers.all()]
        units = {role: [] for role in UnitRole.values}
        for row in case.present_units:
            units[row.role].append(row.unit.name)
        handed, deadline, replied, closed = (getattr(standing, name) for name in DATES)
        yield (
            place,
            "" if case.number.startswith(NOT_REGISTERED) else case.number,
            case.title,
            names[0] if names else "",
            named(names[1:]),
            str(standing.category or ""),
            "、".join(units[UnitRole.LEAD]),
            "、".join(units[UnitRole.CO]),
            handed,
            deadline,
            replied,
            standing.result_class,
            standing.evaluation,
            closed,
        )


def as_texts(row):
    """A row for paper: 2024-03-12, empty cells empty."""
    return tuple("" if cell is None else str(cell) for cell in row)


def _with_parts(cases):
    standing = Standing._base_manager.filter(ends=None).select_related("category")
    units = CaseUnit._base_manager.filter(ends=None).select_related("unit").order_by("pk")
    return cases.prefetch_related(
        "proposers__person",
        Prefetch("standings", standing, "in_force"),
        Prefetch("units", units, "present_units"),
    )
