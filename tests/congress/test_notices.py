"""The page 通知, the number at the bell, one's own ways of being told, robots and their record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import notices
from congress.models import Channel, Delivery, Job, Notice, NoticeAddress
from tests.congress.noticing import at, robot, tell

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6"


def read_states(user):
    rows = Notice.objects.visible_to(user).order_by("pk")
    return [bool(moment) for moment in rows.values_list("read_at", flat=True)]


def test_one_event_gives_a_person_one_notice(clerk, unit_clerk):
    for person in (clerk, clerk, unit_clerk):
        tell(person, at(3, 9), key="step:7")
    assert [Notice.objects.visible_to(each).count() for each in (clerk, unit_clerk)] == [1, 1]


def test_a_person_sees_the_own_notices_and_nobody_elses(client, sign_in, clerk, chair, stranger):
    tell(clerk, at(3, 9))
    tell(stranger, at(3, 9), key="other", number="筠〔2024〕1号")
    page = sign_in(client, clerk).get(reverse("notices")).content.decode()
    assert ("闭〔2024〕010号：请签收" in page, "筠〔2024〕1号" in page) == (True, False)
    notice = Notice.objects.visible_to(clerk).get()
    client.force_login(chair)
    assert client.post(reverse("notice_open", args=[notice.pk])).status_code == 404
    assert read_states(clerk) == [False]


def test_opening_a_notice_marks_it_and_leads_on(client, sign_in, clerk):
    tell(clerk, at(3, 9))
    notice = Notice.objects.visible_to(clerk).get()
    answer = sign_in(client, clerk).post(reverse("notice_open", args=[notice.pk]))
    assert (answer.status_code, answer.url) == (302, notice.path)
    assert read_states(clerk) == [True]


def test_a_notice_never_leads_to_another_host(client, sign_in, clerk):
    tell(clerk, at(3, 9))
    Notice.objects.visible_to(clerk).update(path="//evil.example/")
    pk = Notice.objects.visible_to(clerk).get().pk
    assert sign_in(client, clerk).post(reverse("notice_open", args=[pk])).status_code == 404


def test_all_are_marked_as_read_at_once(client, sign_in, clerk):
    for key in "abc":
        tell(clerk, at(3, 9), key=key)
    sign_in(client, clerk).post(reverse("notice_read", args=[Notice.objects.first().pk]))
    assert sorted(read_states(clerk)) == [False, False, True]
    client.post(reverse("notices_read"))
    assert read_states(clerk) == [True, True, True]


def test_the_list_is_narrowed_by_kind_and_state(client, sign_in, clerk):
    tell(clerk, at(3, 9), key="a")
    tell(clerk, at(3, 9), key="b", number="乙")
    Notice.objects.visible_to(clerk).filter(key="b").update(kind="期限", read_at=at(3, 10))
    sign_in(client, clerk)

    def shown(**query):
        return [row.key for row in client.get(reverse("notices"), query).context["rows"]]

    assert shown() == ["a", "b"]
    assert shown(kind="期限") == ["b"]
    assert shown(state="未读") == ["a"]
    assert shown(q="乙") == ["b"]


def test_the_number_at_the_bell_counts_the_unread(client, sign_in, clerk):
    sign_in(client, clerk)
    assert client.get(reverse("notice_count")).content.decode().strip() == ""
    tell(clerk, at(3, 9))
    assert ">1<" in client.get(reverse("notice_count")).content.decode()


def test_who_must_change_the_password_is_not_led_round_in_circles(client, sign_in, clerk):
    type(clerk)._base_manager.filter(pk=clerk.pk).update(must_change_password=True)
    answer = sign_in(client, clerk).get(reverse("notice_count"), headers={"HX-Request": "true"})
    assert (answer.status_code, "HX-Redirect" in answer.headers) == (200, False)


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, sign_in, clerk):
    sign_in(client, clerk)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("notices"))
        return len(seen)

    tell(clerk, at(3, 9), key="a")
    queries()
    one = queries()
    for key in "bc":
        tell(clerk, at(3, 9), key=key)
    assert queries() == one
    assert one <= 12


def test_a_person_sets_the_own_address_and_it_is_kept_encrypted(client, sign_in, unit_clerk):
    sign_in(client, unit_clerk)
    refused = client.post(reverse("notice_settings"), {"wants_email": "on"})
    assert refused.context["form"].errors == {"email": ["要发邮件提醒，请把邮箱填上。"]}
    client.post(reverse("notice_settings"), {"wants_email": "on", "email": "wen@example.cn"})
    client.post(reverse("notice_settings"), {"wants_email": "on", "email": "wen2@example.cn"})
    row = NoticeAddress.objects.visible_to(unit_clerk).get()
    assert (row.email, row.wants_email) == ("wen2@example.cn", True)
    with connection.cursor() as cursor:
        cursor.execute("select email from congress_noticeaddress")
        assert cursor.fetchone()[0].startswith("aes256gcm:v1:")


def test_a_header_cannot_be_smuggled_into_an_address(client, sign_in, unit_clerk):
    asked = {"wants_email": "on", "email": "wen@example.cn\nBcc: all@example.cn"}
    sign_in(client, unit_clerk).post(reverse("notice_settings"), asked)
    assert NoticeAddress.objects.visible_to(unit_clerk).count() == 0


def test_a_robot_is_set_up_and_its_address_is_never_shown_again(client, sign_in, clerk):
    sign_in(client, clerk)
    asked = {"kind": "企业微信", "name": "工作群", "address": WECOM, "in_use": "on"}
    wrong = client.post(reverse("channel_add"), asked | {"address": "https://evil.example/send"})
    assert list(wrong.context["form"].errors) == ["address"]
    client.post(reverse("channel_add"), asked)
    made = Channel.objects.visible_to(clerk).get()
    assert (made.url, made.place) == (WECOM, clerk.place)
    page = client.get(reverse("channel_edit", args=[made.pk])).content.decode()
    assert "693a91f6" not in page
    kept = asked | {"name": "办公室群", "address": "", "version": made.version}
    client.post(reverse("channel_edit", args=[made.pk]), kept)
    made.refresh_from_db()
    assert (made.name, made.url) == ("办公室群", WECOM)


def test_a_robot_is_set_up_once(client, sign_in, clerk):
    sign_in(client, clerk)
    asked = {"kind": "企业微信", "name": "工作群", "address": WECOM, "in_use": "on"}
    client.post(reverse("channel_add"), asked)
    again = client.post(reverse("channel_add"), asked | {"name": "办公室群"})
    assert again.context["form"].non_field_errors() == ["这个机器人已经接好了，不用再接一次。"]
    assert Channel.objects.visible_to(clerk).count() == 1


def test_a_trial_message_is_put_down_as_a_job(client, sign_in, clerk):
    made = robot(clerk.place, WECOM, at(3, 8))
    answer = sign_in(client, clerk).post(reverse("channel_try", args=[made.pk]))
    assert answer.url == reverse("delivery_list")
    row = Delivery.objects.visible_to(clerk).get()
    assert (row.trial, row.urgent, row.state) == (True, True, "待发")
    client.post(reverse("channel_try", args=[made.pk]))
    assert Job.objects.visible_to(clerk).get().payload == {"delivery": row.pk}


@pytest.mark.parametrize(("state", "buttons"), [("未发出", 1), ("结果不明", 0), ("已发", 0)])
def test_only_what_certainly_did_not_arrive_can_be_sent_again(
    client, sign_in, clerk, state, buttons
):
    row = notices.new_robot_message(robot(clerk.place, WECOM, at(3, 8)), at(3, 9), urgent=True)
    rows = Delivery._base_manager.filter(pk=row.pk)
    rows.update(state=state, claimed_at=at(3, 9), sent_at=at(3, 9))
    page = sign_in(client, clerk).get(reverse("delivery_list")).content.decode()
    assert page.partition("<main")[2].count("再发一次") == buttons * 2  # the button and its label
    client.post(reverse("delivery_again", args=[row.pk]))
    assert rows.get().state == ("待发" if buttons else state)


def test_the_office_is_told_of_messages_that_did_not_arrive(client, sign_in, clerk, unit_clerk):
    from django.utils import timezone

    now = timezone.now()
    row = notices.new_robot_message(robot(clerk.place, WECOM, now), now, urgent=True)
    Delivery._base_manager.filter(pk=row.pk).update(state="结果不明")
    told = "有 1 条邮件或群消息没有发出"
    shown = [
        told in sign_in(client, who).get(reverse("notices")).content.decode()
        for who in (clerk, unit_clerk)
    ]
    assert shown == [True, False]


def test_the_list_of_deliveries_takes_as_many_queries_for_three_as_for_one(client, sign_in, clerk):
    made = robot(clerk.place, WECOM, at(3, 8))
    sign_in(client, clerk)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("delivery_list"))
            client.get(reverse("channel_list"))
        return len(seen)

    notices.new_robot_message(made, at(3, 9), urgent=True)
    queries()
    one = queries()
    for hour in (10, 11):
        notices.new_robot_message(made, at(3, hour), urgent=True)
        robot(clerk.place, f"{WECOM}{hour}", at(3, 8))
    assert queries() == one
