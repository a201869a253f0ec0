"""The sheets of activities, trainings, publicity, honours and projects bound to their records."""

from collections import defaultdict

from activities.columns import ACTIVITIES, HONOURS, PROJECTS, PUBLICATIONS, TRAININGS
from activities.models import (
    Activity,
    ActivityDeputy,
    ActivityNumber,
    ActivityWord,
    Honour,
    Project,
    Publication,
    Training,
    TrainingDeputy,
)
from activities.record_tables import RecordTable, check_office, check_span
from congress.sheets.columns import Pair
from deputies.lookup import person_pks, settle

WORDS = {
    "fields": ActivityWord.Kind.FIELD,
    "reports": ActivityWord.Kind.REPORT,
    "leaders": ActivityWord.Kind.LEADER,
}
NUMBERS = {
    "outsiders": ActivityNumber.Kind.OUTSIDERS,
    "outcomes": ActivityNumber.Kind.OUTCOME,
}
FIELD_OF = {kind.value: name for name, kind in (WORDS | NUMBERS).items()}
ActivityVillage = Activity.villages.through


def _of(model, keys):
    """The rows of a model that hang on activities, in the order in which they were written."""
    return model._base_manager.filter(activity__in=keys).order_by("pk")


class ActivityTable(RecordTable):
    """One row an activity, with the villages, deputies, words and numbers that hang on it."""

    sheet = ACTIVITIES
    model = Activity
    provides = "activity"
    search = ("name", "campaign", "where", "words__text")
    listed = ("name", "kind", "organiser", "starts", "where", "cancelled")
    filters = (("kind", "kind"), ("organiser", "organiser"))
    dated = "starts"
    children = ("villages", "deputies", *WORDS, *NUMBERS)

    def names(self, load):
        """{name: key}; of several activities of one name the latest."""
        records = self.records(load.user, load.place).order_by("starts", "pk")
        return dict(records.values_list("name", "pk"))

    def prepare(self, load, row):
        settle(load, row, "deputies")
        for name in row.get("villages", ()):
            load.growing.village(row, "villages", name)

    def check(self, load, row, values):
        check_span(load, row, values)
        check_office(load, row, values)
        if values.get("deputies") and values.get("unnamed_deputies"):
            load.finding(
                row, "unnamed_deputies", "已写参加代表姓名，人次按姓名计算，这个数不再计入"
            )

    def read_children(self, keys):
        found = defaultdict(list)
        for row in _of(ActivityDeputy, keys).select_related("person"):
            found[row.activity_id, "deputies"].append(str(row.person))
        for row in _of(ActivityWord, keys):
            found[row.activity_id, FIELD_OF[row.kind]].append(row.text)
        for row in _of(ActivityNumber, keys):
            pair = Pair(row.name, row.number, row.measure)
            found[row.activity_id, FIELD_OF[row.kind]].append(pair)
        for row in _of(ActivityVillage, keys).select_related("place"):
            found[row.activity_id, "villages"].append(row.place.name)
        return found

    def drop(self, name, keys):
        if name in WORDS:
            _of(ActivityWord, keys).filter(kind=WORDS[name]).delete()
        elif name in NUMBERS:
            _of(ActivityNumber, keys).filter(kind=NUMBERS[name]).delete()
        else:
            model = ActivityDeputy if name == "deputies" else ActivityVillage
            _of(model, keys).delete()

    def hanging(self, load, key, name, values):
        if name in WORDS:
            return [ActivityWord(activity_id=key, kind=WORDS[name], text=text) for text in values]
        if name in NUMBERS:
            return [
                ActivityNumber(
                    activity_id=key,
                    kind=NUMBERS[name],
                    name=pair.name,
                    number=pair.number,
                    measure=pair.unit,
                )
                for pair in values
            ]
        if name == "deputies":
            people = person_pks(load, values)
            return [ActivityDeputy(activity_id=key, person_id=person) for person in people]
        villages = map(load.growing.village_pk, values)
        return [ActivityVillage(activity_id=key, place_id=village) for village in villages]


class TrainingTable(RecordTable):
    """One row a training, with the deputies who attended."""

    sheet = TRAININGS
    model = Training
    search = ("topic", "teacher")
    listed = ("topic", "starts", "hours", "teacher")
    dated = "starts"
    children = ("deputies",)

    def prepare(self, load, row):
        settle(load, row, "deputies")

    def check(self, load, row, values):
        check_span(load, row, values)
        check_office(load, row, values)

    def read_children(self, keys):
        found = defaultdict(list)
        attendances = TrainingDeputy._base_manager.filter(training__in=keys).order_by("pk")
        for row in attendances.select_related("person"):
            found[row.training_id, "deputies"].append(str(row.person))
        return found

    def drop(self, name, keys):
        TrainingDeputy._base_manager.filter(training__in=keys).delete()

    def hanging(self, load, key, name, values):
        people = person_pks(load, values)
        return [TrainingDeputy(training_id=key, person_id=person) for person in people]


class PublicationTable(RecordTable):
    """One row an article, or an entry on an upper platform."""

    sheet = PUBLICATIONS
    model = Publication
    search = ("title", "outlet")
    listed = ("title", "outlet", "level", "kind", "on")
    filters = (("kind", "kind"), ("level", "level"))
    dated = "on"


class HonourTable(RecordTable):
    """One row an honour or rank."""

    sheet = HONOURS
    model = Honour
    search = ("name", "giver")
    listed = ("name", "rank", "giver", "on")
    dated = "on"


class ProjectTable(RecordTable):
    """One row a livelihood project of a year, from candidate to satisfaction vote."""

    sheet = PROJECTS
    model = Project
    search = ("name", "responsible")
    listed = ("year", "name", "cost", "responsible", "chosen", "completed_on")
    dated = "voted_on"

    def name_of(self, row):
        return row.get("name")

    def check(self, load, row, values):
        voted_on, completed_on = values.get("voted_on"), values.get("completed_on")
        if values.get("chosen") and not values.get("candidate"):
            load.finding(row, "candidate", "入选的项目没有标为候选，候选项目数不会把它算进去")
        if values.get("chosen") and not voted_on:
            load.finding(row, "voted_on", "入选的项目没有票决日期，不会计入票决产生的项目数")
        if completed_on and not values.get("chosen"):
            load.finding(row, "completed_on", "有完成日期，但没有标为入选，不会计入办成的项目数")
        if completed_on and voted_on and completed_on < voted_on:
            load.finding(row, "completed_on", f"完成日期早于票决日期{voted_on:%Y-%m-%d}")


TABLES = (ActivityTable, TrainingTable, PublicationTable, HonourTable, ProjectTable)
