"""Fixed words of the ledger: stored, shown and written as the one same word."""

from django.db import models


class LedgerWords(models.TextChoices):
    """Choices whose value is the ledger's own word, so that nothing ever translates it."""

    @property
    def label(self):
        return self.value


class Level(LedgerWords):
    """The level of a congress, of a mandate in it, or of an outlet."""

    NATION = "全国"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"
    TOWNSHIP = "乡镇"


# How many digits of an official code name the place of a congress of that level.
CODE_DIGITS = {
    Level.NATION: 0,
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
}
