"""One row of each kind in the township of the named people: what the addresses of urls.csv name."""

import pytest

from congress.models import Job, Term, Word
from reports.models import ImportBatch
from suggestions.models import Case, Proposer
from tests.suggestions.ledger import HANDED, bring


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


@pytest.fixture
def case(township, unit, deputy_user):
    """Handed to the unit of `unit_clerk`, raised by `deputy_user`."""
    bring(township, [HANDED | {"lead": unit.name}])
    made = Case._base_manager.get(place=township)
    Proposer._base_manager.filter(case=made).update(person=deputy_user.person)
    return made


@pytest.fixture
def batch(township, clerk):
    made = ImportBatch(place=township, made_by=clerk, file_name="台账.xlsx", state="待确认")
    made.save()
    return made
