"""Who gets which answer at which address, for every address there is."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from congress.models import Place, User
from tests.architecture.urls import all_names, pairs, rows, value_of
from tests.conftest import PASSWORD

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# What reading may write: the session's own row.
BOOKKEEPING = ("django_session",)
FORM = "application/x-www-form-urlencoded"

every_row = pytest.mark.parametrize("row", rows(), ids=str)
every_get = pytest.mark.parametrize("row", [row for row in rows() if row.method == "GET"], ids=str)


class Watch:
    """Notes each statement that changes data, bookkeeping aside."""

    def __init__(self):
        self.written = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(WRITING) and not any(word in sql for word in BOOKKEEPING):
            self.written.append(sql)
        return execute(sql, params, many, context)


@pytest.fixture
def ask(request, db):
    """A function that asks for a row's address as `person` (None: nobody): (code, statements that
    changed data). What was changed is taken back.
    """

    def values(text):
        words = pairs(text).items()
        return {key: value_of(word, request.getfixturevalue) for key, word in words}

    def asked(row, person):
        address = reverse(row.name, kwargs=values(row.arguments))
        form = urlencode(values(row.data))
        client, watch = Client(raise_request_exception=False), Watch()
        if person is not None:
            client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
        with transaction.atomic(), connection.execute_wrapper(watch):
            answer = client.generic(row.method, address, form, FORM)
            list(answer)  # a streamed file is read to its end
            transaction.set_rollback(True)
        return answer.status_code, watch.written

    return asked


@pytest.fixture
def people(request, db):
    """A function that finds the people of a row: {column: user}, None for nobody."""

    def found(row):
        names = [name for name, _code in row.expected]
        return {
            name: None if name == "anonymous" else request.getfixturevalue(name) for name in names
        }

    return found


def test_every_address_stands_in_the_table_and_no_other():
    assert all_names() == {row.name for row in rows()}


@every_row
def test_everybody_gets_the_answer_of_the_table(row, ask, people):
    found = {name: ask(row, person)[0] for name, person in people(row).items()}
    assert found == dict(row.expected)


@every_get
def test_a_page_that_is_asked_for_its_head_answers_as_the_page(row, ask, clerk):
    assert ask(replace(row, method="HEAD"), clerk) == (dict(row.expected)["clerk"], [])


@every_row
def test_who_was_switched_off_is_nobody(row, ask, clerk):
    type(clerk)._base_manager.filter(pk=clerk.pk).update(is_active=False)
    assert ask(row, clerk)[0] == dict(row.expected)["anonymous"]


@pytest.fixture
def afar(county):
    """The clerk of a township in another county, and that county's own person."""
    other = Place.objects.create(code="360734", name="寻乌县", level="县")
    town = Place.objects.create(code="360734100", name="长宁镇", level="乡镇")
    return [
        User.objects.create_user("gu", PASSWORD, name="古干事", role="clerk", place=town),
        User.objects.create_user("pan", PASSWORD, name="潘主任", role="county", place=other),
    ]


@pytest.mark.parametrize("row", [row for row in rows() if row.is_hidden], ids=str)
def test_what_another_township_does_not_find_another_county_does_not_find_either(row, ask, afar):
    assert [ask(row, person)[0] for person in afar] == [404, 404]


@every_get
def test_reading_changes_nothing(row, ask, people):
    assert {name: ask(row, person)[1] for name, person in people(row).items()} == {
        name: [] for name, _code in row.expected
    }
