"""A township with a meeting, deputies, villages and categories, and the sheets it sent."""

from datetime import UTC, date, datetime

from django.utils import timezone

from congress.models import Place, Term, Word
from congress.pinyin import keys
from deputies.models import Mandate, Meeting, Person
from suggestions.entry import enter
from suggestions.entry_pages.forms import EntryForm
from suggestions.entry_pages.offers import Offers

TODAY = date(2024, 3, 8)
NOW = datetime(2024, 3, 8, 6, 0, tzinfo=UTC)
MEETING = "第七届人大第六次会议"
NAMES = ("王芳", "李建国", "赖小明", "李秀梅", "钟声扬")
KEPT = {
    "kind": "建议", "origin": "代表", "occasion": "人代会", "meeting": MEETING,
    "raised_on": "2024-03-05", "public": "是",
}  # fmt: skip
SHEET = KEPT | {
    "lead": "王芳",
    "title": "关于硬化上芦村机耕道的建议",
    "body": "上芦村机耕道长2公里，雨天泥泞。建议硬化。",
    "category": "基础设施",
}


def furnish(township):
    """Deputies, two of one name, a meeting of the congress, a village, categories."""
    term = Term(place=township, level="乡镇", name="第七届", starts=date(2021, 11, 26))
    term.save()
    for name in NAMES:
        person(township, name, term)
    Meeting(place=township, name=MEETING, term=term, starts=date(2024, 3, 5)).save()
    Place.objects.get_or_create(
        code=f"{township.code}201", defaults={"name": "上芦村", "level": "村居"}
    )
    for text in ("基础设施", "其他"):
        Word(place=township, kind=Word.Kind.CATEGORY, text=text).save()


def person(township, name, term=None, note=""):
    """A deputy of the roster; with a term, in office."""
    pinyin, initials = keys(name)
    made = Person(place=township, name=name, note=note, pinyin=pinyin, initials=initials)
    made.save()
    if term:
        day = date(2021, 11, 8)
        Mandate(
            place=township, person=made, level="乡镇", term=term, elected_on=day, starts=day,
            constituency="古坊选区",
        ).save()  # fmt: skip
    return made


def form_of(user, today=TODAY, **changes):
    """The form of a sheet, as the page binds it."""
    return EntryForm(SHEET | changes, offers=Offers(user, today))


def values_of(user, **changes):
    """What the form gives `enter`."""
    form = form_of(user, **changes)
    assert form.errors == {}
    return form.cleaned_data


def entered(user):
    """A case that the user typed in just now, in a township that is not furnished."""
    word = Word(place=user.place, kind=Word.Kind.CATEGORY, text="交通")
    word.save()
    now = timezone.now()
    values = {
        "title": "关于修路的建议", "body": "", "kind": "建议", "origin": "代表", "phone": "",
        "occasion": "闭会期间", "meeting": None, "raised_on": timezone.localdate(now),
        "public": False, "villages": [], "people": [(None, "王芳")], "category": word, "into": None,
    }  # fmt: skip
    return enter(values, user=user, now=now, token="a")
