"""What may be chosen while a suggestion is typed in: deputies, villages, meetings, categories of
the township. Read once for a page, however many rows it has.
"""

from datetime import timedelta

from django.utils.functional import cached_property

from congress.models import Place, Word
from congress.pinyin import keys
from deputies.lookup import canonical
from deputies.models import Mandate, Meeting, Person, in_force
from suggestions.words import Occasion, Origin

MEETINGS = 12  # the latest ones
RECENT = timedelta(days=90)  # a meeting after which its sheets are still typed in


class Roster:
    """The township's deputies as deputies.lookup asks for them."""

    def __init__(self, persons):
        self.people, self.bag = {str(person): person.pk for person in persons}, {}

    def knows(self, kind, name):
        """Whether there is a deputy of exactly that name in the roster."""
        return name in self.people

    def names(self, kind):
        """{name as the roster writes it: key}."""
        return self.people

    def coming(self, kind):
        """Names that a file would bring; here there is none."""
        return ()

    def find(self, text):
        """(key, name, message): the deputy that a typed name means; else None, None and why."""
        name, message = canonical(self, text)
        return self.people.get(name), name, message


class Offers:
    """The lists of one page, for `user` on `today`."""

    def __init__(self, user, today):
        self.user, self.today = user, today

    @cached_property
    def persons(self):
        """The deputies of the township's roster."""
        return list(Person.objects.visible_to(self.user).filter(place=self.user.place))

    @cached_property
    def roster(self):
        return Roster(self.persons)

    @cached_property
    def deputies(self):
        """[(name, letters by which it is found, what tells namesakes apart)]."""
        return [
            (str(person), f"{person.initials} {person.pinyin}", self._mandates.get(person.pk, ""))
            for person in self.persons
        ]

    @cached_property
    def _mandates(self):
        """{person: 乡镇、县代表 · 古坊选区}."""
        rows = Mandate.objects.visible_to(self.user).filter(person__in=self.persons)
        held = rows.filter(in_force(self.today)).order_by("-level", "pk")
        levels, seats = {}, {}
        for person, level, seat in held.values_list("person", "level", "constituency"):
            levels.setdefault(person, []).append(level)
            seats.setdefault(person, seat)
        return {
            person: " · ".join(filter(None, [f"{'、'.join(found)}代表", seats[person]]))
            for person, found in levels.items()
        }

    @cached_property
    def villages(self):
        """{name: village}."""
        there = Place.objects.visible_to(self.user).in_place(self.user.place).villages()
        return {village.name: village for village in there}

    @cached_property
    def village_names(self):
        """[(name, letters by which it is found, "")]."""
        return [(name, f"{letters} {full}", "") for name, full, letters in self._spelled()]

    def _spelled(self):
        return [(name, *keys(name)) for name in self.villages]

    @cached_property
    def categories(self):
        """{text: word}."""
        words = Word.objects.visible_to(self.user).filter(kind=Word.Kind.CATEGORY, retired_on=None)
        return {word.text: word for word in words}

    @cached_property
    def meetings(self):
        """{name: meeting of the congress}, the latest first."""
        held = Meeting.objects.visible_to(self.user).filter(
            place=self.user.place, kind=Meeting.Kind.CONGRESS, starts__lte=self.today
        )
        return {meeting.name: meeting for meeting in held.order_by("-starts")[:MEETINGS]}

    def first_values(self, origin=None):
        """What is kept before anything was typed: the latest meeting while its sheets come in. What
        citizens say (`origin`: of the sheets before) is public only where somebody says so.
        """
        origin = origin or Origin.DEPUTY.value
        latest = next(iter(self.meetings.values()), None)
        values = {"kind": "建议", "origin": origin, "meeting": ""}
        values["public"] = "是" if origin == Origin.DEPUTY else "否"
        if latest and latest.starts >= self.today - RECENT:
            day = latest.starts
            values |= {"meeting": latest.name, "occasion": Occasion.CONGRESS.value}
        else:
            day = self.today
            values |= {"occasion": Occasion.BETWEEN.value}
        return values | {"raised_on": day.isoformat()}
