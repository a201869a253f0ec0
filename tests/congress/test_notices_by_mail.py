"""Notices by e-mail: gathered for a person and a day, kept back at night, never sent twice."""

from email import message_from_string
from email.policy import default

import pytest

from congress import jobs, mail, notices
from congress.models import Delivery, Job, Notice
from tests.congress.noticing import at, run, states, tell, wants_mail
from tests.congress.receivers import Mails, running

ADDRESS = "wen@example.cn"


@pytest.fixture
def post_office(settings, monkeypatch):
    """`post_office(*script)`: a mail server that the settings name."""
    opened = []

    def opens(*script):
        context = running(Mails(*script))
        server = context.__enter__()
        opened.append(context)
        settings.SMTP = {
            "host": "127.0.0.1", "port": server.port, "security": "none",
            "user": "", "password": "", "sender": "office@example.cn",
        }  # fmt: skip
        monkeypatch.setattr(mail, "TIMEOUT", 0.3)
        settings.SITE_ADDRESS = "https://renda.example.cn"
        return server

    yield opens
    for context in opened:
        context.__exit__(None, None, None)


def body(letter):
    read = message_from_string(letter.removesuffix("\r\n.\r\n"), policy=default)
    return read, read.get_content().replace("\r\n", "\n")


def test_what_waits_for_a_person_goes_out_as_one_mail_without_content(post_office, unit_clerk):
    server = post_office()
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    tell(unit_clerk, at(3, 9), key="b", number="闭〔2024〕011号", urgent=False)
    run(at(3, 9, 5))
    (letter,) = server.letters
    read, text = body(letter)
    assert (read["To"], read["Subject"]) == (ADDRESS, "您有2条新通知")
    assert text == (
        "文经办，您好：\n\n您有2条新通知：\n闭〔2024〕010号：请签收\n闭〔2024〕011号：请签收\n\n"
        "请登录查看：https://renda.example.cn/notices/\n"
        "不想再收到邮件，可在“通知”页的“通知方式”里关掉。\n"
    )
    assert states() == [("已发", 1, "")]


def test_an_address_with_a_chinese_domain_is_written_as_servers_take_it(post_office, unit_clerk):
    server = post_office()
    wants_mail(unit_clerk, "wen@会昌.中国")
    tell(unit_clerk, at(3, 9))
    run(at(3, 9))
    (letter,) = server.letters
    assert body(letter)[0]["To"] == "wen@xn--6oq427c.xn--fiqs8s"
    assert states() == [("已发", 1, "")]


@pytest.mark.parametrize("address", ["文@example.cn", "wen@" + "会" * 70 + ".cn", "wen@会..cn"])
def test_an_address_that_no_server_takes_is_told_and_not_tried_again(
    post_office, unit_clerk, address
):
    server = post_office()
    wants_mail(unit_clerk, address)
    tell(unit_clerk, at(3, 9))
    run(at(3, 9))
    run(at(3, 10))
    assert (server.letters, states()) == ([], [("未发出", 1, mail.WRONG)])


def test_there_is_one_ordinary_mail_a_person_and_day(post_office, unit_clerk):
    server = post_office()
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    tell(unit_clerk, at(3, 10), key="b")
    tell(unit_clerk, at(3, 11), key="c")
    run(at(3, 11))
    assert len(server.letters) == 1
    run(at(4, 8))
    assert [body(letter)[0]["Subject"] for letter in server.letters] == [
        "您有1条新通知",
        "您有2条新通知",
    ]


@pytest.mark.parametrize("hour", [20, 23, 0, 7])
def test_at_night_ordinary_mail_waits_until_eight(post_office, unit_clerk, hour):
    server = post_office()
    wants_mail(unit_clerk, ADDRESS)
    day = 3 if hour >= 20 else 4
    tell(unit_clerk, at(day, hour), key="a")
    run(at(day, hour))
    assert server.letters == []
    run(at(4, 7, 59))
    assert server.letters == []
    run(at(4, 8))
    assert len(server.letters) == 1


def test_an_urgent_notice_leaves_at_once_alone_and_at_night_too(post_office, unit_clerk):
    server = post_office()
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 22), key="a")
    tell(unit_clerk, at(3, 22), key="b", number="闭〔2024〕019号", urgent=True)
    run(at(3, 22))
    (letter,) = server.letters
    assert "【加急】闭〔2024〕019号" in body(letter)[1]
    assert "010号" not in body(letter)[1]
    run(at(4, 8))
    assert "010号" in body(server.letters[1])[1]
    assert "019号" not in body(server.letters[1])[1]


def test_who_did_not_ask_or_has_read_it_gets_no_mail(post_office, unit_clerk, clerk, officer):
    server = post_office()
    wants_mail(officer, "lai@example.cn")
    row = wants_mail(clerk, "zhong@example.cn")
    row.wants_email = False
    row.save()
    for person in (unit_clerk, clerk, officer):
        tell(person, at(3, 9), key="a")
    Notice.objects.visible_to(officer).update(read_at=at(3, 9))
    run(at(3, 10))
    assert (server.letters, states()) == ([], [])


def test_a_server_that_is_busy_is_tried_again_after_growing_gaps(post_office, unit_clerk):
    server = post_office("451 busy", "451 busy")
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    assert states() == [("待发", 1, "邮件服务器答复 451 busy")]
    run(at(3, 9))
    assert states()[0][1] == 1  # not before its time
    run(at(3, 9, 1))
    assert states()[0][:2] == ("待发", 2)
    run(at(3, 9, 5))
    assert states()[0][:2] == ("待发", 2)
    run(at(3, 9, 6))
    assert states() == [("已发", 3, "")]
    run(at(3, 10))
    assert len(server.letters) == 1


def test_a_retry_that_falls_into_the_night_waits_for_the_morning(post_office, unit_clerk):
    server = post_office("451 busy")
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 19, 59), key="a")
    run(at(3, 19, 59))
    run(at(3, 20, 30))
    assert server.letters == []
    run(at(4, 8))
    assert len(server.letters) == 1


def test_a_mailbox_that_does_not_exist_is_told_to_the_office_at_once(post_office, unit_clerk):
    post_office(f"RCPT 550 <{ADDRESS}>: none; ask a.b+c@mail.example.cn")
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    assert states() == [("未发出", 1, "邮件服务器答复 550 <（邮箱）>: none; ask （邮箱）")]
    row = Delivery._base_manager.get()
    assert notices.send_again(row, at(3, 10)) is True
    run(at(3, 10))
    assert states() == [("已发", 1, "")]
    assert notices.send_again(row, at(3, 11)) is False


def test_silence_after_the_text_was_given_over_is_unknown_and_never_sent_again(
    post_office, unit_clerk
):
    server = post_office("silence")
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    assert states()[0][:2] == ("结果不明", 1)
    for hour in (10, 14):
        run(at(3, hour))
    assert server.letters == []
    assert notices.send_again(Delivery._base_manager.get(), at(3, 15)) is False


def test_a_server_that_is_not_there_is_tried_six_times_then_given_up(settings, unit_clerk):
    settings.SMTP = {
        "host": "127.0.0.1", "port": 9, "security": "none", "user": "", "password": "",
        "sender": "office@example.cn",
    }  # fmt: skip
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 8), key="a")
    for moment in (at(3, 8), at(3, 8, 1), at(3, 8, 6), at(3, 8, 36), at(3, 10, 36), at(3, 16, 36)):
        run(moment)
    (state, attempts, error) = states()[0]
    assert (state, attempts) == ("未发出", 6)
    assert error.startswith("连不上邮件服务器")


def test_a_worker_that_died_while_sending_leaves_an_unknown_message(post_office, unit_clerk):
    server = post_office()
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    notices.send_waiting(at(3, 9))
    Delivery._base_manager.update(state="在发", claimed_at=at(3, 9))
    run(at(3, 9, 2))
    assert states()[0][0] == "在发"
    run(at(3, 9, 16))
    assert states()[0] == ("结果不明", 0, notices.INTERRUPTED)
    assert server.letters == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"wants_email": False}])
def test_who_was_switched_off_or_wants_no_more_gets_not_even_what_was_gathered(
    post_office, unit_clerk, change
):
    server = post_office("451 busy")
    address = wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    owner = unit_clerk if "is_active" in change else address
    type(owner)._base_manager.filter(pk=owner.pk).update(**change)
    run(at(3, 9, 1))
    assert states() == [("未发出", 2, "账号停用了，或者本人不要邮件了")]
    assert server.letters == []


def test_a_job_that_runs_again_after_its_worker_died_sends_nothing(post_office, unit_clerk):
    server = post_office()
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    Job._base_manager.update(state=Job.State.QUEUED, next_try=None)
    assert jobs.run_due(clock=lambda: at(3, 9, 10)) == 1
    assert (len(server.letters), states()) == (1, [("已发", 1, "")])


def test_gathering_takes_as_many_queries_for_three_people_as_for_one(
    post_office, unit_clerk, clerk, officer, django_assert_num_queries
):
    post_office()
    wants_mail(unit_clerk, ADDRESS)
    tell(unit_clerk, at(3, 9), key="a")
    with django_assert_num_queries(5):
        notices.gather_mails(at(3, 9), urgent=False)
    for person in (clerk, officer):
        wants_mail(person, f"{person.username}@example.cn")
    for person in (unit_clerk, clerk, officer):
        tell(person, at(4, 9), key="b")
    with django_assert_num_queries(5):
        notices.gather_mails(at(4, 9), urgent=False)
    assert len(states()) == 4
