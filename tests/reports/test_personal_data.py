"""A phone number is whole in the ledger's own export alone: masked where it is read, encrypted
where it is kept.
"""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress.models import AuditEntry
from congress.sheets.load import Load
from deputies.models import Person
from reports.importing import Plan, commit
from reports.ledger import new_load
from reports.models import ImportBatch, ImportedRow
from reports.undo import CannotUndo, undo

pytestmark = pytest.mark.django_db
PHONE, OTHER, MASKED = "13812340000", "13912345678", "138****0000"


def imported(place, user, **cells):
    """The batch of an import of one row of the roster."""
    load: Load = new_load(place, user)
    roster = next(table for table in load.tables if table.sheet.name == "代表名册")
    load.read_rows(roster, [(2, {"name": "王芳"} | cells)])
    load.plan()
    batch = ImportBatch(place=place, made_by=user, file_name="台账.xlsx")
    batch.save()
    commit(Plan(load), batch)
    return batch


@pytest.fixture
def desk(client, clerk, sign_in, township):
    imported(township, clerk, phone=PHONE)
    return sign_in(client, clerk)


def at(name, **more):
    return reverse(name, kwargs={"sheet": "deputies", **more})


def phone_of():
    return Person._base_manager.get().phone


def test_the_page_of_a_deputy_and_its_form_mask_the_phone(desk):
    pk = Person._base_manager.get().pk
    for name in ("record", "record-edit"):
        text = desk.get(at(name, pk=pk)).content.decode()
        assert (MASKED in text, PHONE in text) == (True, False), name


def test_the_workbook_of_a_list_masks_the_phone(desk):
    answer = desk.get(at("record-list-excel"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert (MASKED in cells, PHONE in cells) == (True, False)


@pytest.mark.parametrize(
    "typed, kept", [(MASKED, PHONE), (OTHER, OTHER), ("", "")], ids=["left", "changed", "emptied"]
)
def test_a_phone_left_masked_stays(desk, typed, kept):
    person = Person._base_manager.get()
    sent = {"name": "王芳", "work": "村支书", "phone": typed, "version": person.version}
    assert desk.post(at("record-edit", pk=person.pk), sent).status_code == 302
    assert (phone_of(), Person._base_manager.get().work) == (kept, "村支书")


def test_the_trail_of_an_edit_masks_the_phone(desk, client, county_user, sign_in):
    person = Person._base_manager.get()
    sent = {"name": "王芳", "phone": OTHER, "version": person.version}
    desk.post(at("record-edit", pk=person.pk), sent)
    entry = AuditEntry._base_manager.filter(action="update", model="deputies.Person").get()
    assert entry.change["detail"]["before"] == {"phone": MASKED}


def test_an_import_keeps_the_former_phone_encrypted_and_gives_it_back(desk, clerk, township):
    batch = imported(township, clerk, phone=OTHER)
    kept = ImportedRow._base_manager.get(batch=batch).before["phone"]
    assert (PHONE in kept, phone_of()) == (False, OTHER)
    undo(batch, clerk)
    assert phone_of() == PHONE


def test_an_import_stands_in_the_audit_trail_without_its_cells(desk, clerk):
    entry = AuditEntry._base_manager.get(model="reports.ImportBatch", by=clerk)
    assert (entry.action, entry.change) == ("import", {"detail": {"文件": "台账.xlsx", "行数": 1}})


def test_an_import_is_taken_back_once(desk, clerk):
    batch = ImportBatch._base_manager.get()
    undo(ImportBatch._base_manager.get(), clerk)
    with pytest.raises(CannotUndo, match="已经撤销"):
        undo(batch, clerk)
