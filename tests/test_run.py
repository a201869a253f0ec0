"""The command `./run`: what it says when something is missing; it leaves nothing behind."""

import importlib.machinery
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from congress.celery import LONG_QUEUE, app
from tests.architecture.project import ROOT


def load():
    """The script as a module, read afresh."""
    loader = importlib.machinery.SourceFileLoader("run_script", str(ROOT / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run_script", loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def script():
    return load()


@pytest.fixture
def own_signals():
    """The script takes signals for itself; afterwards they are as before."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def said(capsys):
    return capsys.readouterr().err.splitlines()


def test_a_busy_port_is_told_in_one_line(script, capsys):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        script.PORT = str(busy.getsockname()[1])
        with pytest.raises(SystemExit) as ended:
            script.check_port()
    assert ended.value.code == 1
    (line,) = said(capsys)
    assert line == (
        f"Port {script.PORT} cannot be used ([Errno 98] Address already in use). "
        "Another one: PORT=8080 ./run"
    )


@pytest.mark.parametrize("port", ["http", "99999", ""])
def test_a_port_that_is_none_is_told_in_one_line(script, capsys, port):
    script.PORT = port
    with pytest.raises(SystemExit):
        script.check_port()
    assert len(said(capsys)) == 1


def test_without_python3_venv_and_without_root_it_says_what_to_type(script, capsys, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as ended:
        script.provide_venv_module()
    assert ended.value.code == 1
    assert said(capsys) == [
        "python3-venv is missing, please type: sudo apt-get install -y python3-venv"
    ]


def test_one_data_folder_serves_one_system(script, capsys, tmp_path):
    script.DATA = tmp_path
    claim = script.claim_data_folder()
    with pytest.raises(SystemExit):
        load_on(tmp_path).claim_data_folder()
    claim.close()
    load_on(tmp_path).claim_data_folder().close()
    assert len(said(capsys)) == 1


def load_on(folder):
    module = load()
    module.DATA = folder
    return module


def test_stopping_ends_a_server_and_what_it_started_even_if_it_does_not_listen(
    script, own_signals, monkeypatch
):
    monkeypatch.setattr(script, "STOP_SECONDS", 1)
    deaf = "import signal, subprocess, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    deaf += "child = subprocess.Popen(['sleep', '60']); print(child.pid, flush=True); child.wait()"
    with subprocess.Popen(
        [sys.executable, "-c", deaf], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        child = int(server.stdout.readline())
        script.stop([server])
    assert server.returncode == -signal.SIGKILL
    assert not is_running(child)


def test_a_worker_stands_at_each_queue_and_one_clock_rings(script, monkeypatch):
    monkeypatch.setattr(script, "spawn", lambda *words: words)
    workers = [script.spawn_clock(), script.spawn_long()]
    queues = [words[words.index("--queues") + 1] for words in workers]
    assert queues == [app.conf.task_default_queue, LONG_QUEUE]
    assert ["--beat" in words for words in workers] == [True, False]


@pytest.fixture
def sleepers():
    """`sleepers(seconds)`: starts a process of that length in a group of its own."""
    begun = []

    def begin(seconds):
        begun.append(subprocess.Popen(["sleep", str(seconds)], start_new_session=True))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def test_a_process_that_ended_is_started_anew_and_the_other_goes_on(script, sleepers, capsys):
    web, worker = sleepers(60), sleepers(60)
    worker.kill()
    worker.wait()
    processes = [web, worker]
    assert script.revive(processes, [lambda: sleepers(60)] * 2, []) is True
    assert processes[0] is web
    assert processes[1] is not worker
    assert [process.poll() for process in processes] == [None, None]
    assert len(said(capsys)) == 1


def test_a_process_that_ends_again_and_again_is_given_up(script, sleepers):
    processes, deaths = [sleepers(0)], []
    went_on = []
    for _ in range(script.MOST_DEATHS + 1):
        processes[0].wait()
        went_on.append(script.revive(processes, [lambda: sleepers(0)], deaths))
    assert went_on == [True] * script.MOST_DEATHS + [False]


def is_running(pid):
    for _ in range(50):
        try:
            state = (ROOT / f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def test_an_unknown_word_shows_the_words_there_are():
    done = subprocess.run(
        [sys.executable, ROOT / "run", "dance"], capture_output=True, text=True, cwd="/"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "./run setup [--empty]" in done.stderr
