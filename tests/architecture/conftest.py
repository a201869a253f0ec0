"""One row of each kind in the township of the named people: what the addresses of urls.csv name."""

import pytest

from congress.models import Job, Term, Word


@pytest.fixture
def term(township):
    made = Term(place=township, level="乡镇", name="第十九届", starts="2021-09-01")
    made.save()
    return made


@pytest.fixture
def word(township):
    made = Word(place=township, kind=Word.Kind.CATEGORY, text="水利")
    made.save()
    return made


@pytest.fixture
def job(township, clerk):
    return Job.objects.create(
        title="导入台账", task="x", idempotency_key="x", place=township, made_by=clerk
    )
