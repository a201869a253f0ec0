"""Posting to the robot of a work group: 企业微信 and 钉钉, and nobody else's server."""

import base64
import hashlib
import hmac
import http.client
import json
import ssl
from urllib.parse import quote, quote_plus, urlsplit

from django.conf import settings

from congress.models import Channel
from congress.outgoing import in_words, refused, sent, try_later, unknown

TIMEOUT = 10  # seconds for connecting, and for the answer
LONGEST_ANSWER = 64 * 1024  # bytes
# The vendors' own addresses: kind → (host, path).
DOORS = {
    Channel.Kind.WECOM: ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send"),
    Channel.Kind.DINGTALK: ("oapi.dingtalk.com", "/robot/send"),
}
# Error numbers that mean "too many messages": 企业微信 45009, 钉钉 130101.
TOO_MANY = {45009, 130101}


def fault_of_address(kind, url):
    """Why a robot of that kind cannot be at `url`, in Chinese; empty: it can. Only https to the
    vendor's own host, or the receiver that the setting WEBHOOK_TEST_RECEIVER names.
    """
    if _is_test_receiver(url):
        return ""
    host, path = DOORS[kind]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "这不是网址，请从群机器人的设置里整条复制"
    plain = parts.username is None and parts.password is None and port in (None, 443)
    if not plain or (parts.scheme, parts.hostname, parts.path) != ("https", host, path):
        return (
            f"{kind}群机器人的地址应当以 https://{host}{path}? 开头，请从群机器人的设置里整条复制"
        )
    return ""


def _is_test_receiver(url):
    receiver = settings.WEBHOOK_TEST_RECEIVER
    return bool(receiver) and url.startswith(receiver.rstrip("/") + "/")


def post(channel, text, now):
    """Post one line of text to the group; an Outcome. No redirect is followed."""
    fault = fault_of_address(channel.kind, channel.url)
    if fault:
        return refused(fault)
    parts = urlsplit(signed(channel, now))
    try:
        wire = _connection(parts)
        wire.connect()
    except OSError as problem:
        return try_later(f"连不上{channel.kind}：{in_words(problem)}")
    try:
        return _exchange(wire, parts._replace(scheme="", netloc="", fragment="").geturl(), text)
    except (OSError, http.client.HTTPException) as problem:
        return unknown(f"消息交出以后没有收到答复：{in_words(problem)}")
    finally:
        wire.close()


def signed(channel, now):
    """The robot's address; 钉钉 with 加签 wants the moment and an HMAC of it."""
    if channel.kind != Channel.Kind.DINGTALK or not channel.secret:
        return channel.url
    stamp = str(int(now.timestamp() * 1000))
    words = f"{stamp}\n{channel.secret}".encode()
    digest = hmac.new(channel.secret.encode(), words, hashlib.sha256).digest()
    return f"{channel.url}&timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def _connection(parts):
    if parts.scheme == "http":  # the test receiver alone
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=TIMEOUT, context=context)


def _exchange(wire, target, text):
    body = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
    headers = {"Content-Type": "application/json; charset=utf-8"}
    wire.request("POST", quote(target, safe="/?&=%+-._~"), body.encode(), headers)
    answer = wire.getresponse()
    words = answer.read(LONGEST_ANSWER)
    if answer.status != 200:
        outcome = try_later if answer.status >= 500 or answer.status == 429 else refused
        return outcome(f"群机器人的服务器答复 {answer.status}")
    return _told(words)


def _told(words):
    """What the vendor's answer says: errcode 0 is delivered."""
    try:
        answer = json.loads(words)
        code = int(answer["errcode"])
    except (ValueError, KeyError, TypeError):
        return unknown("看不懂群机器人的答复")
    if code == 0:
        return sent()
    outcome = try_later if code in TOO_MANY else refused
    return outcome(f"群机器人没有收下（{code}）：{str(answer.get('errmsg', ''))[:200]}")
