"""Notices to the robots of work groups: counts, to the vendors' own hosts, never twice."""

import base64
import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor, wait
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from django.db import connection, transaction

from congress import robots
from congress.models import Channel, Delivery
from congress.notices import gather_for_robot, new_robot_message
from tests.congress.noticing import at, robot, run, states, tell
from tests.congress.receivers import GOOD, Robots, running

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=f3e1"


@pytest.fixture
def group(settings, monkeypatch):
    """`group(*script)`: the server of a group's robot, allowed by the test setting."""
    opened = []

    def opens(*script):
        context = running(Robots(*script))
        server = context.__enter__()
        opened.append(context)
        settings.WEBHOOK_TEST_RECEIVER = server.url
        settings.SITE_ADDRESS = "https://renda.example.cn"
        monkeypatch.setattr(robots, "TIMEOUT", 0.3)
        return server

    yield opens
    for context in opened:
        context.__exit__(None, None, None)


def texts(server):
    return [post["text"]["content"] for _address, post in server.posts]


def test_a_group_reads_how_many_matters_have_news_and_nothing_of_them(
    group, township, unit_clerk, clerk
):
    server = group()
    robot(township, f"{server.url}/send?key=1", at(3, 8))
    for person in (unit_clerk, clerk):
        tell(person, at(3, 9), key="a")
    tell(clerk, at(3, 9), key="b", path="/cases/11/")
    run(at(3, 9, 1))
    assert texts(server) == [
        "【待办提醒】文武坝镇人大：有2件建议的办理有新进展，请登录查看 "
        "https://renda.example.cn/notices/"
    ]
    assert server.posts[0][0] == "/send?key=1"
    assert states() == [("已发", 1, "")]


def test_a_group_gets_one_ordinary_message_a_day_none_at_night_and_urgent_ones_at_once(
    group, township, unit_clerk
):
    server = group()
    robot(township, f"{server.url}/send", at(3, 8))
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    tell(unit_clerk, at(3, 10), key="b", path="/cases/2/")
    run(at(3, 10))
    tell(unit_clerk, at(3, 21), key="c", path="/cases/3/")
    run(at(3, 21))
    assert len(texts(server)) == 1
    tell(unit_clerk, at(3, 22), key="d", path="/cases/4/", urgent=True)
    run(at(3, 22))
    assert "有3件建议的办理有新进展，其中1件加急" in texts(server)[1]
    tell(unit_clerk, at(3, 23), key="e", path="/cases/5/")
    run(at(4, 7))
    assert len(texts(server)) == 2
    run(at(4, 8))
    assert "有1件" in texts(server)[2]


def test_what_was_stored_after_a_message_is_counted_though_it_began_before(
    group, township, unit_clerk
):
    server = group()
    robot(township, f"{server.url}/send", at(3, 8))
    tell(unit_clerk, at(3, 9, 1), key="a", urgent=True)
    run(at(3, 9, 1))
    tell(unit_clerk, at(3, 9, 0), key="b", path="/cases/2/", urgent=True)
    run(at(3, 9, 2))
    run(at(3, 9, 3))
    assert ["有1件" in text for text in texts(server)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_a_message_waits_for_notices_that_are_just_being_stored(township, unit_clerk):
    made = robot(township, WECOM, at(3, 8))

    def gather():
        try:
            gather_for_robot(made, at(3, 9, 1), night=False)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            tell(unit_clerk, at(3, 9), key="a", path="/cases/2/")
            gathered = pool.submit(gather)
            assert wait([gathered], timeout=0.3).not_done == {gathered}
        gathered.result()
    assert list(Delivery._base_manager.values_list("count", flat=True)) == [1]


def test_the_robot_of_a_county_counts_its_townships_and_nobody_elses(
    group, county, township, other_township, unit_clerk, stranger
):
    server = group()
    robot(county, f"{server.url}/county", at(3, 8))
    robot(other_township, f"{server.url}/other", at(3, 8))
    tell(unit_clerk, at(3, 9), key="a")
    tell(stranger, at(3, 9), key="b", path="/cases/2/")
    run(at(3, 9))
    said = {address: post["text"]["content"] for address, post in server.posts}
    assert "会昌县人大常委会：有2件" in said["/county"]
    assert "筠门岭镇人大：有1件" in said["/other"]


def test_a_server_in_trouble_is_tried_again_and_the_group_reads_it_once(
    group, township, unit_clerk
):
    server = group(500, {"errcode": 45009, "errmsg": "freq"}, GOOD)
    robot(township, f"{server.url}/send", at(3, 8))
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    assert states() == [("待发", 1, "群机器人的服务器答复 500")]
    run(at(3, 9, 1))
    assert states() == [("待发", 2, "群机器人没有收下（45009）：freq")]
    run(at(3, 9, 6))
    run(at(3, 9, 30))
    assert states() == [("已发", 3, "")]
    assert len(server.posts) == 3


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        ("silence", "结果不明", "消息交出以后没有收到答复：等了太久没有应答"),
        ({"word": "?"}, "结果不明", "看不懂群机器人的答复"),
        ({"errcode": 310000, "errmsg": "sign"}, "未发出", "群机器人没有收下（310000）：sign"),
        (404, "未发出", "群机器人的服务器答复 404"),
        (302, "未发出", "群机器人的服务器答复 302"),
    ],
)
def test_what_will_not_be_better_or_may_have_arrived_is_never_sent_again(
    group, township, unit_clerk, answer, state, error
):
    server = group(answer)
    robot(township, f"{server.url}/send", at(3, 8))
    tell(unit_clerk, at(3, 9), key="a")
    run(at(3, 9))
    run(at(3, 15))
    assert states() == [(state, 1, error)]
    assert len(server.posts) == 1


def test_dingtalk_gets_the_moment_and_its_signature(group, township):
    server = group()
    made = robot(township, f"{server.url}/send?access_token=1", at(3, 8), "钉钉", "SEC1")
    new_robot_message(made, at(3, 9), urgent=True, trial=True)
    run(at(3, 9))
    asked = parse_qs(urlsplit(server.posts[0][0]).query)
    stamp = str(int(at(3, 9).timestamp() * 1000))
    digest = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert asked == {
        "access_token": ["1"], "timestamp": [stamp], "sign": [base64.b64encode(digest).decode()],
    }  # fmt: skip
    assert quote_plus(base64.b64encode(digest)) in server.posts[0][0]
    assert "试发" in texts(server)[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com@127.0.0.1/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com/cgi-bin/gettoken?key=1",
        "https://127.0.0.1/cgi-bin/webhook/send",
        "https://[::1",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        DINGTALK,
    ],
)
def test_a_robot_of_wecom_is_at_wecom_and_nowhere_else(township, url):
    assert robots.fault_of_address(Channel.Kind.WECOM, url) != ""
    made = robot(township, url, at(3, 8))
    new_robot_message(made, at(3, 9), urgent=True)
    run(at(3, 9))
    assert states()[0][:2] == ("未发出", 1)


def test_the_vendors_own_addresses_are_taken():
    assert robots.fault_of_address(Channel.Kind.WECOM, WECOM) == ""
    assert robots.fault_of_address(Channel.Kind.DINGTALK, DINGTALK) == ""


def test_the_test_receiver_is_that_origin_alone(settings):
    settings.WEBHOOK_TEST_RECEIVER = "http://localhost:9000"
    assert robots.fault_of_address(Channel.Kind.WECOM, "http://localhost:9000/x") == ""
    assert robots.fault_of_address(Channel.Kind.WECOM, "http://localhost:90001/x") != ""
    assert robots.fault_of_address(Channel.Kind.WECOM, "http://localhost:9000.evil/x") != ""


def test_the_address_of_a_robot_is_kept_encrypted(township, django_db_blocker):
    robot(township, WECOM, at(3, 8), secret="SEC1")
    with connection.cursor() as cursor:
        cursor.execute("select url, secret from congress_channel")
        stored = cursor.fetchone()
    assert [value.startswith("aes256gcm:v1:") for value in stored] == [True, True]


def test_a_robot_that_is_off_says_nothing(group, township, unit_clerk):
    server = group()
    made = robot(township, f"{server.url}/send", at(3, 8))
    made.in_use = False
    made.save()
    tell(unit_clerk, at(3, 9), key="a", urgent=True)
    run(at(3, 9))
    assert (server.posts, Delivery._base_manager.count()) == ([], 0)


def test_a_robot_that_was_switched_off_does_not_try_again(group, township, unit_clerk):
    server = group(503)
    made = robot(township, f"{server.url}/send?key=1", at(3, 8))
    tell(unit_clerk, at(3, 9))
    run(at(3, 9, 1))
    Channel._base_manager.filter(pk=made.pk).update(in_use=False)
    run(at(3, 9, 2))
    assert (len(server.posts), states()) == (1, [("未发出", 2, "群机器人已经停用")])
