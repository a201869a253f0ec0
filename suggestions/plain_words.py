"""Where a case stands, in words that a deputy reads on a phone: five dots and a sentence."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from suggestions.effects import BEGINNING, Stand
from suggestions.steps import AFTER_REPLY
from suggestions.words import Satisfaction, State, Way

FILE = Path(__file__).parent / "data" / "plain_words.toml"
DOTS = ("提出", "交办", "办理", "答复", "评价")
MANY = 2  # so many units are named; of more the first and their number
WITH_UNITS_OWN = "承办单位"
REPLY_STEPS = ("答复", "再次答复")


@dataclass(frozen=True)
class Plain:
    """Where a case stands. `done`: how many of the five dots lie behind it, 0 to 5; `sentence`:
    what happens now, who does it and until when; `stopped`: it ended before its way was gone.
    """

    done: int
    sentence: str
    stopped: bool = False

    @property
    def dots(self):
        """[(label, kind)]: done, now (where it is), wait."""
        return [(label, self._kind(place)) for place, label in enumerate(DOTS)]

    def _kind(self, place):
        if place < self.done:
            return "done"
        return "now" if place == self.done and not self.stopped else "wait"

    @property
    def place(self):
        """The words of the dot where it is now: for who does not see the dots."""
        if self.stopped:
            return "已经停下"
        return f"现在到：{DOTS[self.done]}" if self.done < len(DOTS) else "五步都走完了"


@cache
def texts():
    """The sentences: suggestions/data/plain_words.toml."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def plain(standing, units, today, to="own"):
    """What a case's standing in force means on `today`.

    standing: None for a draft. units: the lead units now, or their names. to: whom the sentence is
    said to: `own` who raised it, `co` who seconded it, `others` readers of a public page.
    """
    standing = standing or Stand()
    state = standing.state
    row = _row(standing, state)
    words = _words(standing, units, today, to)
    done = row.get("done", _reached(standing))
    if state == State.MERGED:
        other = _row(standing, _followed(standing)) if standing.handled_state else {"own": ""}
        words["rest"] = other.get(to, other["own"]).format_map(words)
        done = other.get("done", done)
    sentence = row.get(to, row["own"]).format_map(words)
    sentence += "".join(_tail(standing, words, today))
    return Plain(done, sentence, row.get("stopped", False))


def _row(standing, state):
    row = texts()["states"][state]
    return row | row.get(_variant(standing, state), {})


def _followed(standing):
    """As what a merged case is told: as the case as which it is handled, but the judgement is that
    of its own deputy.
    """
    state = standing.handled_state
    if state not in AFTER_REPLY or state == State.CLOSED:
        return state
    return State.REPLIED if is_unstated(standing) else State.EVALUATED


def day_words(day, today):
    """12月2日; a day of another year names it: 2027年1月8日."""
    return f"{'' if day.year == today.year else f'{day.year}年'}{day.month}月{day.day}日"


def unit_words(units, way=""):
    """The lead units as a sentence names them; without any, what stands for them."""
    names = [str(unit) for unit in units]
    if not names:
        return "上级有关部门" if way == Way.ESCALATED else WITH_UNITS_OWN
    return "、".join(names) if len(names) <= MANY else f"{names[0]}等{len(names)}个单位"


def step_words(step, today):
    """(what a step means to who raised the case, its note where that is meant for the deputy);
    None: an office's own affair.
    """
    saying = texts()["steps"].get(step.name)
    if saying is None:
        return None
    form = step.data.get("form")
    words = saying.format(
        unit=step.unit or WITH_UNITS_OWN,
        form=f"（{form}）" if form else "",
        due=day_words(step.due, today) if step.due else "以后",
        result=step.result or Satisfaction.UNSTATED,
    )
    words += texts()["notes"]["typed_in"] if step.is_typed_in else ""
    return words, step.note if step.name in texts()["notes"]["shown"] else ""


def is_unstated(standing):
    """Whether nobody has stated a judgement of the latest reply; the first 不满意 was of the reply
    before it, and who was content with the case as merged judges anew what others had sent back.
    """
    before = standing.evaluation == Satisfaction.DISSATISFIED and standing.dissatisfied == 1
    judged, replied = standing.evaluated_on, standing.latest_reply_on
    newer = standing.merged_into_id and judged and replied and judged < replied
    return bool(before or newer or not standing.evaluation)


def _variant(standing, state):
    if state == State.EVALUATED:
        if is_unstated(standing):
            return "unstated"
        return "twice" if standing.evaluation == Satisfaction.DISSATISFIED else ""
    if state == State.CLOSED and standing.state == State.MERGED and is_unstated(standing):
        return "unjudged"
    if state == State.REHANDLING and standing.evaluation != Satisfaction.DISSATISFIED:
        return "reopened"
    return ""


def _words(standing, units, today, to):
    you = texts()["you"][to]
    evaluate = standing.evaluate_by
    running = evaluate is not None and evaluate >= today
    return {
        "you": you,
        "units": unit_words(units, standing.way),
        "answer": _answer(standing.deadline, today, you),
        "evaluation": standing.evaluation,
        "evaluate": f"在{day_words(evaluate, today)}前" if running else "",
        "promised": day_words(standing.promised_on, today) if standing.promised_on else "",
        "withdrawn": _on(standing.withdrawn_on, today),
        "kept": _on(standing.kept_on, today),
    }


def _on(day, today):
    """于10月8日; nothing where nobody knows the day."""
    return f"于{day_words(day, today)}" if day and day != BEGINNING else ""


def _answer(deadline, today, you):
    sayings = texts()["answer"]
    if deadline is None:
        return sayings["none"].format(you=you)
    left = (deadline - today).days
    saying = sayings["late" if left < 0 else "running" if left else "today"]
    return saying.format(deadline=day_words(deadline, today), days=-left, you=you)


def _reached(standing):
    """How far a case came that ended or was merged, by its dated facts."""
    if standing.replied_on:
        return 4
    return 2 if standing.handed_on else 1


def _tail(standing, words, today):
    """Further sentences: what the unit asked for, what it promised."""
    sayings = texts()
    if not standing.replied_on and standing.state not in (State.WITHDRAWN, State.VOID):
        if standing.extension_asked_on:
            yield sayings["asked"]["extension"].format_map(words)
        if standing.transfer_asked_on:
            yield sayings["asked"]["transfer"].format_map(words)
    if standing.promised_on and standing.replied_on:
        kept, late = standing.kept_on, standing.promised_on < today
        which = "kept" if kept else "late" if late else "due"
        yield sayings["promise"][which].format_map(words)
