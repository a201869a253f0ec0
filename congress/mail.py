"""One e-mail by the SMTP server of the settings, with a clear word on what became of it."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

from django.conf import settings
from django.utils.encoding import punycode

from congress.outgoing import Outcome, in_words, refused, sent, try_later, unknown

TIMEOUT = 20  # seconds for each answer of the server
ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
TEMPORARY = range(400, 500)
WRONG = "邮箱地址写得不对，邮件发不出去；请本人在“通知方式”里改"


def send_mail(address, subject, text, identity):
    """Hand one plain-text mail to the server; an Outcome. `identity`: the same for each try of one
    mail, so that a mailbox could tell a copy.
    """
    try:
        address = _in_ascii(address)
        letter = _letter(address, subject, text, identity).as_bytes()
    except ValueError:
        return refused(WRONG)
    try:
        server = _connect()
    except smtplib.SMTPResponseException as fault:
        return _answer(fault.smtp_code, fault.smtp_error)
    except (OSError, smtplib.SMTPException) as fault:
        return try_later(f"连不上邮件服务器：{_told(fault)}")
    try:
        return _hand_over(server, address, letter)
    finally:
        server.close()


def _in_ascii(address):
    """The address as servers take it: a Chinese domain in its ASCII form (IDNA). ValueError: it has
    none.
    """
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{punycode(domain)}".encode("ascii").decode()


def _connect():
    asked = settings.SMTP
    if asked["security"] == "ssl":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(asked["host"], asked["port"], timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(asked["host"], asked["port"], timeout=TIMEOUT)
    try:
        if asked["security"] == "starttls":
            server.starttls(context=ssl.create_default_context())
        if asked["user"]:
            server.login(asked["user"], asked["password"])
    except BaseException:
        server.close()
        raise
    return server


def _hand_over(server, address, letter) -> Outcome:
    """Envelope first: until the text was given over, nothing can have been delivered."""
    try:
        for code, words in (server.ehlo(), server.mail(_in_ascii(settings.SMTP["sender"]))):
            if code >= 400:
                return _answer(code, words)
        code, words = server.rcpt(address)
        if code >= 400:
            return _answer(code, words)
    except (OSError, smtplib.SMTPException) as fault:
        return try_later(f"邮件服务器没有应答：{_told(fault)}")
    try:
        code, words = server.data(letter)
    except smtplib.SMTPDataError as fault:
        return _answer(fault.smtp_code, fault.smtp_error)
    except (OSError, smtplib.SMTPException) as fault:
        return unknown(f"邮件交给服务器时中断：{_told(fault)}")
    return _answer(code, words) if code >= 400 else sent()


def _answer(code, words):
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    outcome = try_later if code in TEMPORARY else refused
    return outcome(f"邮件服务器答复 {code} {_without_addresses(text)}")


def _without_addresses(text):
    """What a server or the line said, fit to be kept: servers repeat whom a mail was for."""
    return ADDRESS.sub("（邮箱）", text)


def _told(fault):
    return _without_addresses(in_words(fault))


def _letter(address, subject, text, identity):
    sender = _in_ascii(settings.SMTP["sender"])
    domain = sender.rpartition("@")[2]
    letter = EmailMessage(policy=SMTP)
    letter["From"] = formataddr(("乡镇人大工作管理系统", sender))
    letter["To"] = address
    letter["Subject"] = subject
    letter["Message-ID"] = f"<{identity}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="base64")  # any server takes it
    return letter
