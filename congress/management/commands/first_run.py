"""`manage.py first_run`: what the person at the console must know after a start. Called by
./run."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from congress import accounts, first_passwords, first_run
from congress.models import User
from congress.roles import Role
from congress.sample_users import ensure_sample_users
from congress.scoping import OPERATOR


class Command(BaseCommand):
    """Prints the address, and how to get in: the sample users, or a one-time link of a system that
    nobody can enter."""

    help = "显示网址和怎样进入：示例账号，或者首次设置的一次性链接"

    def handle(self, *args, **options):
        now = timezone.now()
        address = settings.SITE_ADDRESS.rstrip("/")
        self.stdout.write(f"乡镇人大工作管理系统  {address}")
        if settings.SAMPLE_DATA:
            self.show_sample(now)
        elif not first_run.is_set_up():
            link = f"{address}{reverse('guide_begin')}?t={first_run.new_token(now)}"
            self.stdout.write(
                f"还没有用户。打开这个链接开始设置，72 小时内有效，只能用一次：\n  {link}"
            )
        else:
            self.show_way_in(address, now)

    def show_sample(self, now):
        users, password = ensure_sample_users(now)
        self.stdout.write(f"示例数据，人和事都是编的。下面的用户，密码都是 {password}")
        for user in users:
            self.stdout.write(
                f"  {user.username:<8} {user.get_role_display()}  {user.place.name}  {user.name}"
            )

    def show_way_in(self, address, now):
        """Nobody has set a password yet, and the slips of the guide may be lost: the
        administrators' links again."""
        active = User.objects.visible_to(OPERATOR).filter(is_active=True)
        if active.exclude(password__startswith="!").exists():
            return
        for user in active.filter(role=Role.SYSADMIN):
            if not first_passwords.is_open(user, now):
                accounts.new_link(user, now)
            self.stdout.write(
                f"{user.name}（用户名 {user.username}）还没有设密码，链接 72 小时内有效：\n"
                f"  {first_passwords.link(user, address)}"
            )
