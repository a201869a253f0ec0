"""Many forms in one file, made by the worker."""

from datetime import date

from congress.jobs import JobRefused
from congress.scoping import OPERATOR
from deputies.models import Person
from suggestions.paper_forms.catalogue import forms
from suggestions.paper_forms.deputy import deputy_sheets
from suggestions.paper_forms.deputy_word import write_deputy_sheets
from suggestions.paper_forms.links import evaluation_links
from suggestions.paper_forms.printing import form_sheets
from suggestions.paper_forms.word import write_forms


def write(job, form, cases, today, phones=False, links=False):
    """Task: the form of these cases as one Word document, as far as who asked for it still sees
    them; {sheets, left_out}.
    """
    user, day = job.made_by or OPERATOR, date.fromisoformat(today)
    job.progress(0, len(cases), "读取办件")
    made = evaluation_links(user, cases, job.clock()) if links else None
    sheets, out = form_sheets(user, form, cases, day, phones=phones, links=made)
    if not sheets:
        raise JobRefused("选中的办件现在都不能打印这种表，请看各件的状态")
    name = forms()[form].name
    content = write_forms(sheets, name, day, job.progress)
    job.new_result_file(f"{name} {len(sheets)}件.docx").write_bytes(content)
    return {"sheets": len(sheets), "left_out": [case.number for case in out]}


def write_deputies(job, people, today):
    """Task: the large-print sheets of these deputies as one Word document; {sheets}."""
    user, day = job.made_by or OPERATOR, date.fromisoformat(today)
    found = Person.objects.visible_to(user).filter(pk__in=people).select_related("place")
    job.progress(0, len(people), "读取建议")
    sheets = deputy_sheets(list(found.order_by("place__code", "pinyin", "pk")), user, day)
    if not sheets:
        raise JobRefused("勾选的代表近一年没有建议，没有可以打印的")
    content = write_deputy_sheets(sheets, "我的建议", day, job.progress)
    job.new_result_file(f"我的建议 {len(sheets)}人.docx").write_bytes(content)
    return {"sheets": len(sheets)}
