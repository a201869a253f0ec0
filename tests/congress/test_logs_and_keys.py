"""The data folder: log files by day, secrets made once."""

import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from congress.keyfiles import read_or_make
from congress.logs import DailyFile


def record(day, text):
    made = logging.LogRecord("x", logging.INFO, "", 0, text, None, None)
    made.created = datetime.fromisoformat(f"{day}T12:00").timestamp()
    return made


def test_each_day_has_its_file_and_a_forged_line_cannot_begin_one(tmp_path):
    handler = DailyFile(tmp_path, keep_days=200)
    handler.emit(record("2026-03-01", "first\nforged"))
    handler.emit(record("2026-03-02", "second"))
    handler.close()
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "2026-03-01.log": "first\n\tforged\n",
        "2026-03-02.log": "second\n",
    }


def test_files_are_kept_for_two_hundred_days_and_other_files_for_ever(tmp_path):
    handler = DailyFile(tmp_path, keep_days=200)
    for name in ("2025-08-12.log", "2025-08-13.log", "notes.log"):
        (tmp_path / name).touch()
    handler.emit(record("2026-03-01", "today"))
    handler.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "2025-08-13.log",
        "2026-03-01.log",
        "notes.log",
    ]


def test_a_secret_is_made_once_also_by_processes_that_start_together(tmp_path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: read_or_make(path), range(40)))
    assert found == {path.read_text()}
    assert len(path.read_text()) > 60
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
