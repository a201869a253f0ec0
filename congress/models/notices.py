"""What a person is told: in the system always, by e-mail and through a group's robot where set."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.crypto import EncryptedTextField, fingerprint
from congress.ledger_words import LedgerWords
from congress.records import Record
from congress.roles import GROUND_ROLES, OFFICE_ROLES, OPERATOR_ROLE, Role
from congress.scoping import ScopedQuerySet, scoped


class OwnRows(ScopedQuerySet):
    """Rows of one person, seen by that person alone; the system's own jobs see all."""

    def visible_to(self, user):
        if user.role == OPERATOR_ROLE:
            return self.all()
        return self.filter(user=user.pk) if user.is_active and user.pk else self.none()

    def unread(self):
        """What was not opened yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One event told to one person. `title` holds the number of a case and what happened, never
    its content: it is all of a notice that leaves the system by e-mail.
    """

    class Kind(LedgerWords):
        TO_DO = "待办"
        NEWS = "进展"
        DEADLINE = "期限"
        PROMISE = "承诺"

    user = models.ForeignKey("congress.User", models.CASCADE, related_name="+", verbose_name="给谁")
    # Where it happened: a robot of that place, or of the county above, counts it.
    place = models.ForeignKey("congress.Place", models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=2, choices=Kind.choices)
    title = models.CharField("事项", max_length=120)
    text = models.CharField("说明", max_length=300, blank=True)
    path = models.CharField("页面", max_length=200)
    urgent = models.BooleanField("加急", default=False)
    made_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("已读时间", null=True)
    # Natural key: one event gives one notice a person, however often the job that makes it runs.
    key = models.CharField(max_length=120)
    # The gathering that took it into a person's e-mail; empty: none yet.
    gathered = models.CharField(max_length=32, blank=True)

    objects = OwnRows.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "通知"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "read_at"]),
            models.Index(fields=["made_at"]),
            models.Index(fields=["gathered"]),
        ]

    def __str__(self):
        return self.title


class NoticeAddress(models.Model):
    """Where a person wants notices besides the page 通知."""

    user = models.OneToOneField("congress.User", models.CASCADE, related_name="notice_address")
    email = EncryptedTextField("邮箱", blank=True, default="")
    wants_email = models.BooleanField("发邮件提醒我", default=False)

    objects = OwnRows.as_manager()

    class Meta:
        verbose_name = "通知方式"


class Channel(Record):
    """A robot in a place's work group (企业微信, 钉钉), to which the system posts counts only."""

    class Kind(LedgerWords):
        WECOM = "企业微信"
        DINGTALK = "钉钉"

    kind = models.CharField("哪一种群", max_length=4, choices=Kind.choices)
    name = models.CharField("群名", max_length=40)
    # Who knows the address can post into the group.
    url = EncryptedTextField("机器人地址")
    url_print = models.CharField(max_length=64, default="", editable=False)
    secret = EncryptedTextField("加签密钥", blank=True, default="")
    in_use = models.BooleanField("启用", default=True)
    # Key of the last notice that was counted in a message. Keys are given under a lock of the
    # channels, so no lower one turns up later, as an earlier `made_at` would.
    counted_to = models.BigIntegerField(default=0, editable=False)

    objects = scoped(roles=GROUND_ROLES)

    class Meta(Record.Meta):
        ordering = ["place__code", "pk"]
        verbose_name = "群机器人"
        constraints = [
            # Set up twice, a robot would say everything twice.
            models.UniqueConstraint(
                fields=["place", "url_print"],
                condition=~Q(url_print=""),
                name="robot_once_a_place",
            )
        ]

    def save(self, *args, **kwargs):
        self.url_print = fingerprint(self.url)
        super().save(*args, **kwargs)

    def __str__(self):
        return f"{self.kind} {self.name}"


class Delivery(models.Model):
    """One message to one person or one group: what waited is gathered in it. Sent at most once: it
    is claimed before it leaves, and what became of an interrupted sending is not guessed.
    """

    class State(LedgerWords):
        WAITING = "待发"
        SENDING = "在发"
        SENT = "已发"
        UNSENT = "未发出"
        UNKNOWN = "结果不明"

    place = models.ForeignKey("congress.Place", models.PROTECT, related_name="+")
    user = models.ForeignKey("congress.User", models.CASCADE, null=True, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="+")
    day = models.DateField("日期")
    urgent = models.BooleanField("加急", default=False)
    trial = models.BooleanField("试发", default=False)
    # The gathering in which it was made; with the user, the key to its notices.
    batch = models.CharField(max_length=32)
    count = models.PositiveIntegerField("件数", default=0)
    urgent_count = models.PositiveIntegerField("加急件数", default=0)
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("发送次数", default=0)
    next_try = models.DateTimeField("下次发送")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("发出时间", null=True)
    error = models.CharField("原因", max_length=300, blank=True)

    # The administrator sees numbers and addressees, no case.
    objects = scoped(roles=OFFICE_ROLES | {Role.SYSADMIN})

    class Meta:
        ordering = ["-pk"]
        verbose_name = "消息发送"
        indexes = [models.Index(fields=["state", "next_try"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, channel__isnull=False) | Q(channel=None, user__isnull=False),
                name="delivery_to_one_receiver",
            ),
            models.UniqueConstraint(
                fields=["user", "day"],
                condition=Q(urgent=False, channel=None),
                name="one_mail_a_day",
            ),
            models.UniqueConstraint(
                fields=["channel", "day"],
                condition=Q(urgent=False, user=None),
                name="one_robot_message_a_day",
            ),
        ]

    @property
    def receiver(self):
        """Who gets it, in words."""
        return str(self.channel) if self.channel_id else f"{self.user.name}的邮箱"
