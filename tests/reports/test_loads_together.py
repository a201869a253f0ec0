"""What two people change at the same moment, and how many queries a changed ledger takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.records import StaleRecord
from deputies.models import Person
from reports.exporting import export_template
from reports.ledger import new_load
from tests.reports.books import CASE, enter, enter_cases, township

pytestmark = pytest.mark.django_db


def planned(place, work):
    """A load that changes where 王芳 works, checked and not yet written."""
    from congress.scoping import OPERATOR

    load = new_load(place, OPERATOR)
    roster = next(table for table in load.tables if table.sheet.name == "代表名册")
    load.read_rows(roster, [(2, {"name": "王芳", "work": work})])
    load.plan()
    return load


def test_of_two_loads_over_one_record_the_second_is_refused():
    place = township()
    enter(place, 代表名册=[{"姓名": "王芳"}])
    first, second = planned(place, "水务站"), planned(place, "农技站")
    first.commit()
    with pytest.raises(StaleRecord):
        second.commit()
    assert Person._base_manager.get().work == "水务站"


def queries_of_changing(place, count):
    rows = [CASE | {"编号": str(n), "主办单位": "水务站", "处理方式": "交办"} for n in range(count)]
    enter(place, 意见建议=[row | {"处理日期": "2024-03-05"} for row in rows])
    with CaptureQueriesContext(connection) as queries:
        enter(place, 意见建议=[row | {"标题": "改了", "处理日期": "2024-03-06"} for row in rows])
    return len(queries)


def test_changing_cases_takes_as_many_queries_for_one_as_for_three():
    assert queries_of_changing(township(), 1) == queries_of_changing(
        township("360733101", "筠门岭镇"), 3
    )


def test_the_template_offers_the_words_of_the_own_county(tmp_path):
    from openpyxl import load_workbook

    from congress.scoping import OPERATOR

    place = township()
    enter_cases(place, {"类别": "本县的词"})
    enter_cases(township("330282100", "别县的镇"), {"类别": "别县的词"})
    export_template(tmp_path / "t.xlsx", place, OPERATOR)
    words = load_workbook(tmp_path / "t.xlsx")["词表"]
    cells = {cell.value for row in words.iter_rows() for cell in row}
    assert ("本县的词" in cells, "别县的词" in cells) == (True, False)
