"""`python -m congress.sample.make [FOLDER]`: makes the workbooks, beside this package or in that
folder."""

import sys
from pathlib import Path

from congress.sample.make import activities, meetings, workbook
from congress.sample.make.cases import make_cases
from congress.sample.make.people import make_people
from congress.sample.make.stations import make_stations
from congress.sample.make.town import towns


def sheets_of(town):
    """All sheets of one township: {name: [{header: cell}]}."""
    sheets = make_people(town) | meetings.make_meetings(town) | make_stations(town)
    sheets["代表活动"], reviews = activities.make_activities(town)
    return sheets | make_cases(town) | {
        "学习培训": activities.make_trainings(town),
        "宣传报道": activities.make_publicity(town),
        "荣誉名次": activities.make_honours(town),
        "代表述职": meetings.make_duty_reports(town, reviews),
        "民生实事": activities.make_projects(town),
        "请示报告": meetings.make_party_reports(town),
    }  # fmt: skip


def make(folder):
    """Write one workbook a township into a folder; hands back their paths."""
    paths = []
    for town in towns():
        path = Path(folder) / town.file_name
        workbook.write(path, sheets_of(town))
        paths.append(path)
    return paths


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]
    for made in make(target):
        print(made)
