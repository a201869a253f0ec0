"""A township: 王芳 with two mandates, 李建国 with one, 赵强 whose mandate ended."""

from datetime import date

import pytest

from tests.activities.ledger import brought, deputy
from tests.activities.year import LEDGER


@pytest.fixture
def deputies(township):
    start = date(2021, 11, 1)
    return {
        "王芳": deputy(township, "王芳", ("县", start, None), ("乡镇", start, None)),
        "李建国": deputy(township, "李建国", ("乡镇", start, None)),
        "赵强": deputy(township, "赵强", ("乡镇", start, date(2024, 3, 1))),
    }


@pytest.fixture
def year(township, deputies):
    """The ledger of 2024, and 陈静, who is in office and attended nothing that counts."""
    deputy(township, "陈静", ("乡镇", date(2021, 11, 1), None))
    brought(township, LEDGER)
    return township
