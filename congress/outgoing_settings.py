"""Settings of what leaves the system: the mail server, and where robots' messages may go."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

USUAL_PORTS = {"ssl": 465, "starttls": 587, "none": 25}
SECURITY = env("SMTP_SECURITY", default="ssl")
if SECURITY not in USUAL_PORTS:
    raise ImproperlyConfigured("SMTP_SECURITY is ssl, starttls or none")

SMTP = {
    "host": env("SMTP_HOST", default=""),  # empty: no e-mail is sent
    "port": env.int("SMTP_PORT", default=USUAL_PORTS[SECURITY]),
    "security": SECURITY,
    "user": env("SMTP_USER", default=""),
    "password": env("SMTP_PASSWORD", default=""),
    "sender": env("SMTP_FROM", default="") or env("SMTP_USER", default=""),
}
# Where a test or a developer receives what is meant for a robot, as http://localhost:9000; empty in
# use: then only the vendors' own hosts are posted to.
WEBHOOK_TEST_RECEIVER = env("WEBHOOK_TEST_RECEIVER", default="")
