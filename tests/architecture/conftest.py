"""One row of each kind in the township of the named people: what the addresses of urls.csv name."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from congress import devices
from congress.models import Channel, HolidayDay, Job, Notice, Substitute, Term, Word
from congress.notices import new_robot_message
from congress.scoping import OPERATOR
from reports.case_report import case_report
from reports.models import Finding, ImportBatch
from reports.publication import publish
from suggestions import bulk, links
from suggestions.case_codes import code_of
from suggestions.models import Case, CoSigning, NotReceived, Proposer
from suggestions.pressing import press_soon
from suggestions.scans.keeping import drop_file
from tests.reports.publicity import YEAR, turn_on
from tests.suggestions.kept_papers import kept
from tests.suggestions.ledger import HANDED, REPLIED, bring
from tests.suggestions.sheets_on_paper import entered


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
def holiday_day(county):
    made = HolidayDay(place=county, day="2027-04-09", name="三月三")
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


@pytest.fixture
def phone_slip(deputy_user, clerk):
    """A slip that binds a phone of `deputy_user`."""
    _, token = devices.make_link(deputy_user, clerk, timezone.now())
    return SimpleNamespace(token=token)


@pytest.fixture
def phone(phone_slip):
    """A bound phone of `deputy_user`."""
    return devices.bind(phone_slip.token, "830472", "", timezone.now())[0]


@pytest.fixture
def handling_link(case, unit, clerk):
    """The link of the unit that handles `case`: a key and a token."""
    link, path = links.make(case, "办理", clerk, timezone.now(), unit)
    return SimpleNamespace(pk=link.pk, token=path.split("/")[2])


@pytest.fixture
def evaluation_link(case, township, clerk):
    """The link to evaluate a replied case of the same township."""
    bring(township, [REPLIED | {"number": "2"}])
    replied = Case._base_manager.get(number="2")
    link, path = links.make(replied, "评价", clerk, timezone.now())
    return SimpleNamespace(pk=link.pk, token=path.split("/")[2])


@pytest.fixture
def co_signing(case, township, deputy_user, clerk):
    """`deputy_user` is asked to co-sign another case of the township."""
    bring(township, [HANDED | {"number": "附议"}])
    asked = Case._base_manager.get(number="附议")
    made = CoSigning(
        case=asked,
        place=township,
        person=deputy_user.person,
        asked_by=clerk,
        asked_at=timezone.now(),
    )
    made.save()
    return made


@pytest.fixture
def reply_missing(case, township, deputy_user):
    made = NotReceived(case=case, place=township, person=deputy_user.person)
    made.save()
    return made


@pytest.fixture
def paper(case, clerk):
    """A photo that the clerk kept with the case."""
    return kept(case, clerk, "现场.jpg", "照片")


@pytest.fixture
def notice(clerk):
    """What the clerk was told."""
    return Notice.objects.create(
        user=clerk, place=clerk.place, kind="待办", title="1：请登记", path="/", key="x"
    )


@pytest.fixture
def channel(township):
    """A robot of the township's work group."""
    url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"
    made = Channel(place=township, kind="企业微信", name="工作群", url=url)
    made.save()
    return made


@pytest.fixture
def delivery(channel):
    return new_robot_message(channel, timezone.now(), urgent=True)


@pytest.fixture
def open_township(township):
    """A township whose public page is on."""
    turn_on(township)
    return township


@pytest.fixture
def public_case(case):
    """A case that everybody may read."""
    type(case)._base_manager.filter(pk=case.pk).update(public=True)
    return case


@pytest.fixture
def publication(township, clerk):
    """A report that the township published."""
    report = case_report(OPERATOR, township, YEAR)
    now = datetime(2025, 1, 9, tzinfo=UTC)
    return publish(report, township, user=clerk, now=now)[0]


@pytest.fixture
def case_code(case):
    """What the QR code on the case's sheets holds."""
    return code_of(case)


@pytest.fixture
def proposing(case, deputy_user):
    """The deputy who raised the case."""
    return deputy_user.person


@pytest.fixture
def scan_drop(clerk):
    """A scan that the clerk dropped and has not confirmed."""
    return drop_file(SimpleUploadedFile("表.jpg", b"x"), user=clerk, now=timezone.now())


@pytest.fixture
def entered_case(clerk):
    """A sheet that the clerk typed in today."""
    return entered(clerk)


@pytest.fixture
def bulk_job(clerk):
    """What the clerk did for many cases at once."""
    return Job.objects.create(
        title="催办 2 件", task=bulk.TASK, idempotency_key="bulk", place=clerk.place, made_by=clerk
    )


@pytest.fixture
def press_job(case, clerk):
    """A press of the clerk's that is not done yet."""
    return press_soon(case, user=clerk, today=timezone.localdate())


@pytest.fixture
def finding(batch):
    return Finding._base_manager.create(batch=batch, message="日期晚于今天")


@pytest.fixture
def hand_over(clerk, chair):
    """The chair stands in for the clerk today."""
    today = timezone.localdate()
    made = Substitute(place=clerk.place, absent=clerk, substitute=chair, starts=today, ends=today)
    made.save()
    return made
