"""A county of twenty townships with as many cases as asked, inserted directly: what pages are
measured on.
"""

import csv
import random
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.functional import cached_property

from congress.calendar import add_months
from congress.models import Unit, User, Word
from congress.place_tree import ensure_place
from congress.roles import Role
from congress.settings import BASE_DIR
from suggestions.likeness import index_new
from suggestions.models import Case, CaseGram, CaseUnit, Proposer, Standing, Step
from suggestions.words import Occasion, Origin, State, UnitRole, Way

TOWNSHIPS, VILLAGES, UNITS = 20, 16, 12
AT_ONCE, MADE = 5_000, 10_000
FIRST_DAY, DAYS = date(2021, 1, 1), 5 * 365
TODAY = FIRST_DAY + timedelta(days=DAYS)
MATTERS = BASE_DIR / "congress" / "sample" / "make" / "words" / "matters.csv"
REAL = BASE_DIR / "tests" / "data" / "cixi-2017-deputy-suggestions.csv"
# Characters of which names of villages and of spots in them are made.
FIRST, SECOND, LAST = "上下东西南北大小新老", "芦坑田坝湾岭塘桥石樟竹枫", "背头口尾边"


class Crowd:
    """The county, and the cases that were put into it so far."""

    def __init__(self):
        self.random = random.Random(7)
        self.county = ensure_place("360799", "测速县")
        self.townships = [
            ensure_place(f"360799{100 + n}", f"第{n + 1}镇") for n in range(TOWNSHIPS)
        ]
        names = [f"{a}{b}{c}村" for a in FIRST for b in SECOND for c in LAST]
        self.random.shuffle(names)
        self.villages = {}
        for n, town in enumerate(self.townships):
            own = names[n * VILLAGES : (n + 1) * VILLAGES]
            self.villages[town.pk] = [
                ensure_place(f"{town.code}{200 + m}", name).name for m, name in enumerate(own)
            ]
        self.units = [self._unit(self.county, f"第{n + 1}站所") for n in range(UNITS)]
        self.own_unit = self._unit(self.townships[0], "第1镇水务站")
        self.category = Word(place=self.county, kind=Word.Kind.CATEGORY, text="测速")
        self.category.save()
        self.county_user = self._user("crowd-county", Role.COUNTY, self.county)
        self.clerk = self._user("crowd-clerk", Role.CLERK, self.townships[0])
        self.matters, self.count = list(_matters()), 0

    def _unit(self, place, name):
        unit = Unit(place=place, name=name)
        unit.save()
        return unit

    def _user(self, username, role, place):
        return User.objects.create_user(username, None, name=username, role=role, place=place)

    def title(self, town):
        """A matter with a village of that township in it, or as a real congress had it."""
        words = self.random.sample(self.villages[town.pk], 3)
        spot = self.random.choice(SECOND) + self.random.choice(LAST)
        matter = self.random.choice(self.matters)
        for mark, word in zip(("{v}", "{v2}", "{v3}"), words, strict=True):
            matter = matter.replace(mark, word)
        return matter.replace("{g}", spot).replace("{z}", "镇").replace("{c}", town.name)

    def grow(self, count):
        """Have `count` cases. The first ten thousand are made one by one, more are copies of them
        by the database: a multiple of that.
        """
        while self.count < min(count, MADE):
            with transaction.atomic():
                self._insert(min(AT_ONCE, count - self.count))
        while self.count < count:
            with transaction.atomic():
                self._copy(self.count // MADE)

    def _copy(self, round):
        """The made cases once more, with all that hangs on them, under keys of their own."""
        for model in (Case, Proposer, Step, Standing, CaseUnit, CaseGram):
            _copy_rows(model, round, self.last)
        self.count += MADE

    @cached_property
    def last(self):
        """{table: the highest key of what was made one by one}."""
        models = (Case, Proposer, Step, Standing, CaseUnit, CaseGram)
        return {
            model._meta.db_table: model._base_manager.aggregate(Max("pk"))["pk__max"]
            for model in models
        }

    def _insert(self, some):
        cases = [self._case(self.count + n) for n in range(some)]
        Case._base_manager.bulk_create(cases, batch_size=500)
        self.count += some
        index_new(cases)
        proposers, steps, standings, units = [], [], [], []
        for case in cases:
            proposers.append(Proposer(case=case, name="村民甲"))
            steps += _steps(case)
            standings += self._standings(case)
            units.append(self._case_unit(case))
        Proposer._base_manager.bulk_create(proposers, batch_size=1000)
        Step._base_manager.bulk_create(steps, batch_size=1000)
        Standing._base_manager.bulk_create(standings, batch_size=500)
        CaseUnit._base_manager.bulk_create(units, batch_size=1000)

    def _case(self, n):
        town = self.townships[n % TOWNSHIPS]
        day = FIRST_DAY + timedelta(days=self.random.randrange(DAYS))
        return Case(
            place=town, number=f"闭〔{day.year}〕{n:06}号", title=self.title(town), raised_on=day
        )

    def _standings(self, case):
        """What it was: handed over, and nineteen in twenty answered and closed after two months."""
        handed = {
            "case": case, "state": State.HANDLING, "category": self.category,
            "origin": Origin.DEPUTY, "occasion": Occasion.BETWEEN, "way": Way.ASSIGNED,
            "handed_on": case.raised_on, "deadline": add_months(case.raised_on, 3),
        }  # fmt: skip
        if case.pk % 20 == 0:
            return [Standing(starts=case.raised_on, **handed)]
        replied = case.raised_on + timedelta(days=60)
        closed = {"state": State.CLOSED, "replied_on": replied, "closed_on": replied}
        return [
            Standing(starts=case.raised_on, ends=replied, **handed),
            Standing(starts=replied, result_class="A", **handed | closed),
        ]

    def _case_unit(self, case):
        unit = self.units[case.pk % UNITS]
        return CaseUnit(case=case, unit=unit, role=UnitRole.LEAD, starts=case.raised_on)


def _copy_rows(model, round, last):
    """INSERT … SELECT of the rows of one table: keys moved on, the rest as it is."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    moved = {"id": last[table] * round, "case_id": last[Case._meta.db_table] * round}
    taken, values = [], []
    for column in map(connection.ops.quote_name, columns):
        name = column.strip('"')
        if name in moved:
            taken.append(f"{column} + %s")
            values.append(moved[name])
        elif name == "number" and model is Case:
            taken.append(f"{column} || %s")
            values.append(f"-{round}")
        else:
            taken.append(column)
    named = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({named}) SELECT {", ".join(taken)} FROM "{table}"'
            ' WHERE "id" <= %s',
            [*values, last[table]],
        )


def _steps(case):
    names = ("提出", "登记", "受理", "交办")
    return [Step(case=case, name=name, on=case.raised_on, order=n) for n, name in enumerate(names)]


def _matters():
    with MATTERS.open(encoding="utf-8", newline="") as lines:
        yield from (row["title"] for row in csv.DictReader(lines))
    with REAL.open(encoding="utf-8-sig", newline="") as lines:
        yield from (row["案由"] for row in csv.DictReader(lines))
