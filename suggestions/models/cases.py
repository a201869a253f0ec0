"""A case: what was raised, by whom, and what came of it."""

import re

from django.apps import apps
from django.db import models
from django.db.models import Q

from congress.crypto import EncryptedTextField
from congress.models import Unit
from congress.records import Record
from congress.scoping import PlaceQuerySet, code_range, scoped
from suggestions.words import Kind, MotionFate, RaisedAt, Way

LAST_PART = re.compile(r"会议(第\d+号)$")


def works_for(unit, prefix=""):
    """The filter of rows that name this unit, or one that was merged into it."""
    units = Unit._base_manager.filter(Q(pk=unit) | Q(merged_into=unit))
    return Q(**{f"{prefix}unit__in": units.values("pk")})


class CaseLookups(PlaceQuerySet):
    """A deputy sees cases with the own name on them, a unit those that it handles."""

    prefix = ""

    def scope(self, user):
        """What a deputy has not yet handed in (草稿) is seen by who typed it alone."""
        return super().scope(user) & self._handed_in(user)

    def for_deputy(self, user):
        if user.pk is None:
            return self.filter(**{f"{self.prefix}pk": user.only})
        own = Proposer._base_manager.filter(person__user=user).values("case")
        own = Q(**{f"{self.prefix}pk__in": own}) & self._handed_in(user)
        return self.filter(own | Q(**{f"{self.prefix}pk__in": self._asked(user)}))

    def _handed_in(self, user):
        handed_in = Q(**{f"{self.prefix}handed_in": True})
        return handed_in | Q(**{f"{self.prefix}entered_by": user.pk})

    @staticmethod
    def _asked(user):
        """Cases that a fellow asked the user to sign too, until the user answers or the reply is
        there; who agrees is a proposer.
        """
        rows = apps.get_model("suggestions.CoSigning")._base_manager
        rows = rows.filter(person__user=user, asked_at__isnull=False, answered_at=None)
        return rows.exclude(case__standings__replied_on__isnull=False).values("case")

    def for_government(self, user):
        """What the presidium ever handed to the township's government (交办)."""
        handed = self._handed_to_government(user)
        return self.filter(self.scope(user), **{f"{self.prefix}pk__in": handed})

    @staticmethod
    def _handed_to_government(user):
        standings = apps.get_model("suggestions.Standing")._base_manager
        there = code_range("case__place__code", user.place.code)
        return standings.filter(there, way=Way.ASSIGNED).values("case")

    def for_unit(self, user):
        if user.pk is None:
            return self.filter(**{f"{self.prefix}pk": user.only})
        units = apps.get_model("suggestions.CaseUnit")._base_manager
        own = units.filter(works_for(user.unit_id), ends=None).values("case")
        return self.filter(**{f"{self.prefix}pk__in": own})


class CasePartLookups(CaseLookups):
    """Rows that hang on a case are seen by whoever sees the case."""

    prefix = "case__"


def part_of_case():
    """The manager of a row that hangs on a case."""
    return scoped("case__place__code", base=CasePartLookups)


class Case(Record):
    """A deputy's suggestion, criticism, opinion, motion, or a citizen's opinion (代表法 24, 51)."""

    number = models.CharField("编号", max_length=60)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("类型", max_length=2, choices=Kind.choices, default=Kind.SUGGESTION)
    motion_fate = models.CharField("议案处理", max_length=4, choices=MotionFate.choices, blank=True)
    body = models.TextField("内容", blank=True)
    raised_at = models.CharField(
        "提出层级", max_length=2, choices=RaisedAt.choices, default=RaisedAt.TOWNSHIP
    )
    raised_on = models.DateField("提出日期", null=True, blank=True, db_index=True)
    meeting = models.ForeignKey(
        "deputies.Meeting", models.PROTECT, null=True, blank=True, verbose_name="会议"
    )
    station = models.ForeignKey(
        "congress.Station", models.PROTECT, null=True, blank=True, verbose_name="联络站"
    )
    villages = models.ManyToManyField(
        "congress.Place", blank=True, related_name="+", verbose_name="涉及村居"
    )
    platform = models.CharField("平台", max_length=40, blank=True)
    public = models.BooleanField("公开", default=False)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_print = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # Who typed a draft sees it alone until it is handed in (提出).
    handed_in = models.BooleanField("已提交", default=True, editable=False)
    # The form it came from: a second press of the same button makes no second case.
    form_token = models.CharField(max_length=64, blank=True, editable=False)
    activity_name = models.CharField("代表活动", max_length=120, blank=True, editable=False)

    objects = scoped(base=CaseLookups)

    class Meta(Record.Meta):
        ordering = ["-raised_on", "-pk"]
        verbose_name = "意见建议"
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["form_token"], condition=~Q(form_token=""), name="case_of_a_form_once"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def short_number(self):
        """The number as work lists write it, without its meeting: 第012号."""
        last = LAST_PART.search(self.number)
        return last[1] if last else self.number


class Proposer(models.Model):
    """One who raised a case; order 0 leads. A citizen or an unknown person is kept as text."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposers")
    order = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, null=True, blank=True, related_name="raised"
    )
    name = models.CharField("提出人", max_length=80)

    objects = part_of_case()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "提出人"
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="proposer_order_once")
        ]


class Outcome(models.Model):
    """A named result of a case (成效): 插秧机 3 台. Without a date of its own it counts from the
    closing.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    name = models.CharField("名称", max_length=60)
    number = models.DecimalField("数量", max_digits=14, decimal_places=2)
    measure = models.CharField("单位", max_length=10, blank=True)
    on = models.DateField("日期", null=True, blank=True)

    objects = part_of_case()

    class Meta:
        ordering = ["pk"]
        verbose_name = "办理成效"
