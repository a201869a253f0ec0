"""When a reply is due by the county's own setting, and how a deadline came about, in words."""

from dataclasses import dataclass
from datetime import date

from congress.calendar import add_months
from suggestions.projection import STATUTORY_MONTHS
from suggestions.words import HANDED_OVER, Origin

# Lights (ours): days left at which yellow and orange begin.
YELLOW, ORANGE = 30, 10
MONTHS_OF_DEPUTY = "suggestions.reply_months"
MONTHS_OF_CITIZEN = "suggestions.citizen_reply_months"


@dataclass(frozen=True)
class Reckoning:
    """A deadline with its words, its light and how many days are left on a day."""

    due: date
    words: str
    source: str
    days_left: int
    light: str
    answered: bool

    @property
    def left_text(self):
        """超期 12 天, 今天到期, 剩 9 天."""
        return left_words(self.days_left)


def reckoning(steps, standing, today):
    """The deadline in force on `today` explained from the dated steps; None where none runs."""
    if standing is None or standing.deadline is None:
        return None
    words = []
    for step in steps:
        if step.name in HANDED_OVER and not words:
            words.append(_from_hand_over(step))
        elif words and step.due and step.name in ("延期", "改办", "重新办理"):
            words.append(f"{step.name}至{step.due:%Y-%m-%d}")
    left = (standing.deadline - today).days
    by_law = standing.origin == Origin.DEPUTY
    source = "代表法第五十一条" if by_law else "县里规定的期限"
    answered = standing.replied_on is not None
    return Reckoning(standing.deadline, "；".join(words), source, left, light(left), answered)


def _from_hand_over(step):
    computed = add_months(step.on, STATUTORY_MONTHS)
    if step.due and step.due != computed:
        return f"{step.name}{step.on:%Y-%m-%d}，期限定为{step.due:%Y-%m-%d}"
    return f"{step.name}{step.on:%Y-%m-%d} + {STATUTORY_MONTHS}个月 = {computed:%Y-%m-%d}"


def due_by_setting(name, origin, on, setting):
    """The day by which a case handed over by step `name` on day `on` is to be answered where the
    county set another period than the statutory one; None: the statutory one, or none runs.
    `setting(key, day)` reads the county's value.
    """
    if name not in HANDED_OVER or on is None:
        return None
    of_deputy = origin == Origin.DEPUTY
    months = setting(MONTHS_OF_DEPUTY if of_deputy else MONTHS_OF_CITIZEN, on)
    return None if months == STATUTORY_MONTHS else add_months(on, months)


def left_words(days_left):
    """How many days are left, in words: 超期 12 天, 今天到期, 剩 9 天."""
    if days_left < 0:
        return f"超期 {-days_left} 天"
    return f"剩 {days_left} 天" if days_left else "今天到期"


def light(days_left):
    """green, yellow, orange or red by the days left."""
    if days_left < 0:
        return "red"
    if days_left <= ORANGE:
        return "orange"
    return "yellow" if days_left <= YELLOW else "green"
