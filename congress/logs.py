"""Log files that several processes may write, kept as long as the law asks."""

import datetime
import logging
import re
from pathlib import Path

# What opens something to whoever reads it: tokens of one-time links (congress.tokens), also cut
# short by a copying hand. Thirty letters in both cases: no word, no name of code.
TOKEN = re.compile(r"(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{30,}")


def without_tokens(text):
    """A line as it may be kept: addresses of one-time links without what makes them open."""
    return TOKEN.sub("***", text)


class SafeLines(logging.Formatter):
    """Lines, with their tracebacks, that hold no token: Django itself logs addresses it answers
    with an error. Such a line ends with the number of its request (congress.middleware)."""

    def __init__(self):
        super().__init__("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record):
        number = getattr(getattr(record, "request", None), "request_id", "")
        return super().formatMessage(record) + (f" ({number})" if number else "")

    def format(self, record):
        return without_tokens(super().format(record))


class DailyFile(logging.Handler):
    """Writes each record to `<folder>/<year-month-day>.log` and removes files older than
    `keep_days`.

    One file a day by name, opened for appending: web server, worker and commands write to the same
    file, and none has to rename it under the others (which is how TimedRotatingFileHandler loses
    lines). 网络安全法 (2025) 23(3): logs are kept for six months at least.
    """

    def __init__(self, folder, keep_days):
        super().__init__()
        self.folder = Path(folder)
        self.keep_days = keep_days
        self.day = None
        self.file = None

    def emit(self, record):
        try:
            self.open_for(datetime.date.fromtimestamp(record.created))
            self.file.write(self.format(record).replace("\n", "\n\t") + "\n")
            self.file.flush()
        except Exception:
            self.handleError(record)

    def open_for(self, day):
        """Open the file of `day` where another is open, and sweep out what is too old."""
        if day == self.day:
            return
        self.close_file()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file = (self.folder / f"{day:%Y-%m-%d}.log").open("a", encoding="utf-8")
        self.day = day
        oldest = f"{day - datetime.timedelta(days=self.keep_days):%Y-%m-%d}.log"
        for file in self.folder.glob("????-??-??.log"):
            if file.name < oldest:
                file.unlink(missing_ok=True)

    def close_file(self):
        if self.file:
            self.file.close()
        self.file = self.day = None

    def close(self):
        self.close_file()
        super().close()
