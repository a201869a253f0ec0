"""When a reply is due, how that came about, in words, and its light.

代表法 51: three months from the hand-over for deputies' suggestions, six for matters wide or hard;
a citizen's opinion has the county's own deadline, never “by law”.
"""

from dataclasses import dataclass
from datetime import date

from congress.calendar import add_months
from congress.reckoning import after_months, after_workdays
from congress.sheets.days import LAST_YEAR
from suggestions.effects import STATUTORY_MONTHS
from suggestions.steps import AFTER_REPLY, UNANSWERED
from suggestions.words import HANDED_OVER, Occasion, Origin, State

# Lights (ours): days left at which yellow and orange begin, where the county set nothing else.
YELLOW, ORANGE = 30, 10
MONTHS_OF_DEPUTY = "suggestions.reply_months"
MONTHS_OF_COMPLEX = "suggestions.complex_months"
MONTHS_OF_CITIZEN = "suggestions.citizen_reply_months"
MONTHS_AGAIN = "suggestions.rehandle_months"
MONTHS_OF_OPINION = "suggestions.opinion_months"
DAYS_TO_RETURN = "suggestions.return_workdays"
DAYS_TO_EVALUATE = "suggestions.evaluate_workdays"
LONGEST_MONTHS = 6  # 代表法 51: for matters wide or hard
FROM_CLOSE = "会议闭会之日"
MOVES = frozenset({"延期", "改办", "重新办理", "重开", "定为疑难", "期限重算"})


@dataclass(frozen=True)
class Reckoning:
    """A deadline with its words, its light and how many days are left on a day."""

    due: date
    kind: str
    words: str
    source: str
    days_left: int
    light: str
    answered: bool
    runs: bool  # somebody still has to answer; what was withdrawn or declared void has no light
    first: date | None = None  # the deadline as it was at the hand-over
    longest: date | None = None  # the longest that the law allows
    began: date | None = None

    @property
    def left_text(self):
        """超期 12 天, 今天到期, 剩 9 天."""
        return left_words(self.days_left)


def reckoning(steps, standing, today, limits=(YELLOW, ORANGE)):
    """The deadline in force on `today` explained from the dated steps; None where none runs."""
    if standing is None or standing.deadline is None:
        return None
    words, first, began, again = [], None, None, False
    for step in steps:
        if step.name in HANDED_OVER and not step.data.get("again"):
            words, again = [_from_hand_over(step)], False
            began, first = step.on, step.due or add_months(step.on, STATUTORY_MONTHS)
        elif step.due and step.name in MOVES:
            words.append(_moved(step))
        again = again or step.name in ("重新办理", "重开")
    left = (standing.deadline - today).days
    by_law = standing.origin == Origin.DEPUTY and not again
    merged = standing.state == State.MERGED
    return Reckoning(
        due=standing.deadline,
        kind="重新办理期限" if again else "答复期限",
        words="；".join(words),
        source="代表法第五十一条" if by_law else "县里规定的期限",
        days_left=left,
        light=light(left, limits),
        answered=standing.state in AFTER_REPLY or (merged and standing.replied_on is not None),
        runs=standing.state in UNANSWERED or (merged and standing.replied_on is None),
        first=first,
        longest=add_months(began, LONGEST_MONTHS) if began and by_law else None,
        began=began,
    )


def _from_hand_over(step):
    if step.data.get("why"):
        return step.data["why"]
    computed = add_months(step.on, STATUTORY_MONTHS)
    if step.due and step.due != computed:
        return f"{step.name}{step.on:%Y-%m-%d}，期限定为{step.due:%Y-%m-%d}"
    return f"{step.name}{step.on:%Y-%m-%d} + {STATUTORY_MONTHS}个月 = {computed:%Y-%m-%d}"


def _moved(step):
    if step.data.get("why"):
        return f"{step.name}：{step.data['why']}"
    if step.name == "延期":
        return f"延期批准至{step.due:%Y-%m-%d}"
    return f"{step.name}至{step.due:%Y-%m-%d}"


def hand_over_due(name, on, moment, *, complex_matter=False):
    """(due, words) of a case handed over by step `name` on `on`, by the law and the county's
    settings; (None, "") where no deadline runs (当场答复).
    """
    if name not in HANDED_OVER:
        return None, ""
    standing, setting = moment.standing, moment.setting
    of_deputy = standing.origin == Origin.DEPUTY
    key = MONTHS_OF_DEPUTY if of_deputy else MONTHS_OF_CITIZEN
    if complex_matter and of_deputy:
        key = MONTHS_OF_COMPLEX
    start, begins = _start(name, on, moment) if of_deputy else (on, name)
    shift = setting("suggestions.deadline_on_holiday", on) != "不顺延"
    due, words = after_months(start, setting(key, on), moment.holidays, shift)
    return due, f"{begins}{words}{'（涉及面广、办理难度大）' if key == MONTHS_OF_COMPLEX else ''}"


def _start(name, on, moment):
    """The day from which the months run, and what begins there."""
    meeting = moment.case.meeting
    closed = meeting and (meeting.ends or meeting.starts)
    at_meeting = moment.standing.occasion == Occasion.CONGRESS and closed and closed <= on
    if at_meeting and moment.setting("suggestions.deadline_from", on) == FROM_CLOSE:
        return closed, "闭会"
    return on, name


def handling_again_due(on, setting):
    """(due, words) of a further round that begins on `on`; `setting(key, day)` reads the county's
    value.
    """
    return after_months(on, setting(MONTHS_AGAIN, on), None)


def longest_due(moment):
    """(last day to which the reply may be put off, why): of a deputies' suggestion six months from
    the start in all (代表法 51), of any further round three months from its own; (None, "") for the
    first of a citizen's opinion.
    """
    standing, handed = moment.standing, moment.standing.handed_on
    if moment.answered_again:
        begun = max(step.on for step in moment.steps if step.name in ("重新办理", "重开"))
        return add_months(begun, STATUTORY_MONTHS), f"重新办理从{begun:%Y-%m-%d}起最长三个月"
    if standing.origin != Origin.DEPUTY or handed is None:
        return None, ""
    why = "代表建议从交办起总共不超过六个月（代表法第五十一条）"
    return add_months(handed, moment.setting(MONTHS_OF_COMPLEX, handed)), why


def wrong_due(due, on, moment):
    """What is wrong with the deadline or promise that was typed for a step on `on`, in Chinese;
    None: nothing. A promise that stands may be told again after its day.
    """
    if due is None or due == moment.standing.promised_on:
        return None
    if due < on:
        return f"期限或承诺日期{due:%Y-%m-%d}早于这一步的日期{on:%Y-%m-%d}，请核对"
    if due.year > LAST_YEAR:
        return f"期限或承诺日期{due:%Y-%m-%d}晚于{LAST_YEAR}年，请核对"
    return None


def windows(name, on, moment, data):
    """{window: (last day, words)} of the windows that begin with a step of that name and `data`."""
    found, setting, holidays = {}, moment.setting, moment.holidays
    answered = data.get("answered")
    if name in ("交办", "转办", "分办", "改办") and not answered:
        days = setting(DAYS_TO_RETURN, on)
        found["return_by"] = after_workdays(on, days, holidays)
        if data.get("helpers"):
            found["opinion_by"] = after_months(on, setting(MONTHS_OF_OPINION, on), holidays)
    if name in ("答复", "再次答复") or answered:
        found["evaluate_by"] = after_workdays(on, setting(DAYS_TO_EVALUATE, on), holidays)
    return found


def due_by_setting(name, origin, on, setting):
    """The day by which a case of a ledger handed over by step `name` on day `on` is to be answered
    where the county set another period than the statutory one; None: the statutory one, or none
    runs. `setting(key, day)` reads the county's value.
    """
    if name not in HANDED_OVER or on is None:
        return None
    of_deputy = origin == Origin.DEPUTY
    months = setting(MONTHS_OF_DEPUTY if of_deputy else MONTHS_OF_CITIZEN, on)
    return None if months == STATUTORY_MONTHS else add_months(on, months)


def limits_of(setting, day):
    """(yellow, orange): days left at which the lights change, as the county set them."""
    return setting("suggestions.yellow_days", day), setting("suggestions.orange_days", day)


def left_words(days_left):
    """How many days are left, in words: 超期 12 天, 今天到期, 剩 9 天."""
    if days_left < 0:
        return f"超期 {-days_left} 天"
    return f"剩 {days_left} 天" if days_left else "今天到期"


def light(days_left, limits=(YELLOW, ORANGE)):
    """green, yellow, orange or red by the days left."""
    yellow, orange = limits
    if days_left < 0:
        return "red"
    if days_left <= orange:
        return "orange"
    return "yellow" if days_left <= yellow else "green"
