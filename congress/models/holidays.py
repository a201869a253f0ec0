"""Days off and make-up working days that a county entered itself."""

from django.db import models

from congress.calendar import HOLIDAY, WORKDAY, HolidayRow
from congress.ledger_words import LedgerWords
from congress.models.words import Readable
from congress.records import Record
from congress.roles import GROUND_ROLES
from congress.scoping import scoped


class HolidayDay(Record):
    """A day on which offices are closed, or work to make up for it: from the State Council's yearly
    notice, or a local day. Stands over the days that come with the program.
    """

    class Kind(LedgerWords):
        OFF = "放假"
        MADE_UP = "调休上班"

    day = models.DateField("日期")
    kind = models.CharField("放假还是上班", max_length=4, choices=Kind.choices, default=Kind.OFF)
    name = models.CharField("名称", max_length=20)
    # The year whose notice names the day; empty for a local day.
    source_year = models.PositiveSmallIntegerField("通知年份", null=True, blank=True)

    objects = scoped(roles=GROUND_ROLES, shared_down=True, base=Readable)

    class Meta(Record.Meta):
        ordering = ["day", "place__code"]
        verbose_name = "节假日"
        constraints = [
            models.UniqueConstraint(fields=["place", "day"], name="holiday_day_once_in_a_place")
        ]

    def __str__(self):
        return f"{self.day} {self.name}{self.kind}"

    @property
    def row(self):
        """The day as the calendar reckons with it."""
        kind = HOLIDAY if self.kind == self.Kind.OFF else WORKDAY
        return HolidayRow(self.day, kind, self.name, self.source_year)
