"""`./run test`: the whole suite on SQLite, the pages in Chromium, then the suite again on
PostgreSQL and Redis.

Words of the command line go to pytest in each part: `./run test tests/congress -k passwords`. A
part whose servers or browser are not on this machine is left out, and the last lines say how to get
them; with CI=true that is a failure.
"""

import contextlib
import os
import subprocess
import sys
import tempfile

from tests import servers
from tests.infrastructure import find_chromium

NOTHING_COLLECTED = 5
GET_CHROMIUM = (
    "Left out: the pages in Chromium. To get it: apt-get install -y chromium fonts-noto-cjk"
)
GET_SERVERS = "Left out: PostgreSQL and Redis ({} not found). To get them: "
GET_SERVERS += "apt-get install -y postgresql redis-server"


def pytest(title, marker, words, database="", redis=""):
    """Run pytest once, on throw-away data; its exit code. Where the caller chose the tests, none is
    no failure.
    """
    print(f"\n======== {title} ========", flush=True)
    with tempfile.TemporaryDirectory(prefix="congress-test-") as data:
        places = {"CONGRESS_DATA": data, "DATABASE_URL": database, "REDIS_URL": redis}
        command = [sys.executable, "-m", "pytest", "-m", marker, "-n", "2", *words]
        code = subprocess.run(command, env={**os.environ, **places}).returncode
    return 0 if code == NOTHING_COLLECTED and words else code


def with_servers(words):
    """The suite on PostgreSQL and Redis; servers.Missing where one of them is not to be had."""
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(servers.postgres())
        redis = stack.enter_context(servers.redis_server())
        return pytest("PostgreSQL, Redis", "not browser", words, database, redis)


def main(words):
    codes, left_out = [pytest("SQLite", "not browser", words)], []
    if find_chromium():
        codes.append(pytest("Chromium", "browser", words))
    else:
        left_out.append(GET_CHROMIUM)
    try:
        codes.append(with_servers(words))
    except servers.Missing as missing:
        left_out.append(GET_SERVERS.format(missing))
    for sentence in left_out:
        print(sentence)
    failed = any(codes) or (left_out and os.environ.get("CI") == "true")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
