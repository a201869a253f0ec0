"""What the world sees of a township without signing in: its published reports and its public cases,
masked. The page is off until the county or the township turns it on.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from congress.county_settings import value_of
from congress.ledger_words import Level
from congress.models import Place
from congress.scoping import OPERATOR
from reports.case_list import masker_of
from reports.models import Publication
from reports.public_words import words
from suggestions.effects import BEGINNING
from suggestions.figure_rows import own_cases
from suggestions.merging import handling_steps
from suggestions.models import CaseUnit, Proposer, Standing
from suggestions.words import CLASS_WORDS, Origin, State, UnitRole

SETTING, ON = "public.page", "公开"
REPLIES = ("答复", "再次答复")
HANDLING = "办理中"
CLASSES = {letter: f"{word}（{letter}类）" for word, letter in CLASS_WORDS.items()}
LONGEST_QUERY = 40  # characters
CANDIDATES = 200  # cases that one search looks at: the latest ones


def is_open(place, day):
    """Whether the public page of a place is turned on."""
    return place.level == Level.TOWNSHIP and value_of(SETTING, place, day) == ON


def open_place(code, day):
    """The township of that code whose page is turned on; None: there is none."""
    found = Place.objects.visible_to(OPERATOR).filter(code=code).first()
    return found if found and is_open(found, day) else None


def publications(place):
    """Reports that stand on the township's page; what was withdrawn is not among them."""
    return Publication.objects.visible_to(OPERATOR).filter(place=place, withdrawn_at=None)


def public_standings(place):
    """What the public cases of a township are now: marked 公开, past the review, not withdrawn or
    void. The one place that says which cases the world may see."""
    shown = frozenset(State) - set(words()["hidden_states"])
    now = Standing.objects.visible_to(OPERATOR).in_place(place).filter(own_cases(), ends=None)
    now = now.filter(case__public=True, case__handed_in=True, state__in=shown)
    return now.select_related("case").order_by("-case__raised_on", "-case_id")


def found(place, asked, masker):
    """(cases, whether that is all): the public cases whose number, or title as the world reads it,
    holds every word of `asked`; what was taken out of a title cannot be searched for. Masking costs
    time, so a search looks at the latest CANDIDATES cases that hold the words at all."""
    rows = public_standings(place)
    wanted = asked[:LONGEST_QUERY].split()
    if not wanted:
        return rows, True
    for word in wanted:
        rows = rows.filter(Q(case__number__icontains=word) | Q(case__title__icontains=word))
    held = list(rows[: CANDIDATES + 1])
    shown = _drawn(held[:CANDIDATES], masker)
    hits = [row for row in shown if all(row.holds(word) for word in wanted)]
    return hits, len(held) <= CANDIDATES


@dataclass(frozen=True)
class ListedCase:
    """A public case as the list shows it; `title` is masked."""

    pk: int
    number: str
    title: str
    state: str
    result: str
    replied_on: date | None

    def holds(self, word):
        """Whether the word stands in the number or the masked title."""
        return word.casefold() in f"{self.number}\n{self.title}".casefold()


def listed(rows, masker):
    """The rows of a page of the list as it shows them."""
    rows = list(rows)
    return rows if rows and isinstance(rows[0], ListedCase) else list(_drawn(rows, masker))


def _drawn(rows, masker):
    rows = list(rows)
    own, replies = _citizens([row.case_id for row in rows]), _last_replies(rows)
    for row in rows:
        yield ListedCase(
            pk=row.case_id,
            number=row.case.number,
            title=masker.mask(row.case.title, own.get(row.case_id, ()), row.case.phone).text,
            state=plain_state(row),
            result=CLASSES.get(row.result_class, ""),
            replied_on=_day_of(replies.get(row.case_id)),
        )


def _citizens(cases):
    """{case: names of its proposers who are no deputies of the roster}."""
    people = Proposer.objects.visible_to(OPERATOR).filter(case__in=cases, person=None)
    own = {}
    for case, name in people.exclude(case__in=_raised_by_deputies(cases)).values_list(
        "case", "name"
    ):
        own.setdefault(case, []).append(name)
    return own


def _raised_by_deputies(cases):
    now = Standing.objects.visible_to(OPERATOR).filter(ends=None, origin=Origin.DEPUTY)
    return now.filter(case__in=cases).values("case")


def plain_state(standing):
    """办理中, 已答复 or 已办结: what somebody outside wants to know."""
    return words()["states"].get(standing.handled_state or standing.state, HANDLING)


def public_case(place, pk, today):
    """{what the page of one public case shows}; None where the world may not see it."""
    standing = public_standings(place).filter(case=pk).first()
    if standing is None:
        return None
    case, masker = standing.case, masker_of(OPERATOR, place)
    people = Proposer.objects.visible_to(OPERATOR).filter(case=pk)
    names = list(people.values_list("name", flat=True))
    of_deputy = standing.origin == Origin.DEPUTY
    own = [] if of_deputy else names

    def masked(text):
        return masker.mask(text, own, case.phone).text

    leads = CaseUnit.objects.visible_to(OPERATOR).filter(case=pk, ends=None, role=UnitRole.LEAD)
    return {
        "number": case.number,
        "title": masked(case.title),
        "paragraphs": [masked(line) for line in case.body.splitlines() if line.strip()],
        "who": _shown(names, masker) if of_deputy else words()["words"]["citizen"],
        "raised_on": case.raised_on,
        "units": _shown(leads.values_list("unit__name", flat=True), masker),
        "state": plain_state(standing),
        "result": CLASSES.get(standing.result_class, ""),
        "promised_on": standing.promised_on,
        "kept_on": standing.kept_on,
        "broken": _broken(standing, today),
        **_answer(standing, own, masker),
    }  # fmt: skip


def _shown(names, masker):
    """Names of deputies or units, which are public, without a phone typed behind one."""
    return masker.numbers_only("、".join(names)).text


def _answer(standing, own, masker):
    """{replied_on, reply, promise, together}: the latest reply, which of a merged case is that to
    another one. Of one that is not public its words stay away, and citizens of both go.
    """
    reply = _last_replies([standing]).get(standing.case_id)
    if reply is None:
        return {"replied_on": None, "reply": "", "promise": "", "together": False}
    together, told, phone = reply.case_id != standing.case_id, True, standing.case.phone
    if together:
        other = reply.case
        own = own + _citizens([other.pk]).get(other.pk, [])
        phone = f"{phone} {other.phone}"
        told = public_standings(other.place).filter(case=other).exists()

    def masked(text):
        return masker.mask(text, own, phone).text if told else ""

    return {
        "replied_on": _day_of(reply),
        "reply": masked(reply.note),
        "promise": masked(reply.data.get("promise", "")),
        "together": together,
    }


def _last_replies(standings):
    """{case: the latest written reply that answers it}, of a merged one that of the case as which
    it is handled.
    """
    found = handling_steps(standings, REPLIES)
    return {case: steps[-1] for case, steps in found.items() if steps}


def _day_of(reply):
    """The day of a reply, where there is one and its day is known."""
    return reply.on if reply and reply.on != BEGINNING else None


def _broken(standing, today):
    """Whether a promised day is past and nothing was kept."""
    due = standing.promised_on
    return bool(due and due < today and standing.kept_on is None)
