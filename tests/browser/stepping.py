"""Persons in browsers of their own who take steps on a case by its page."""

from tests.conftest import PASSWORD


class Person:
    """One person in an own browser, signed in by the form that everybody uses."""

    def __init__(self, browser, address, user, width=1366):
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 844}, locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )  # fmt: skip
        self.page = context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto("/sign-in/")
        self.page.get_by_label("用户名").fill(user.username)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_selector("nav[aria-label='主导航']", state="attached")

    def opens(self, case):
        """The page of the case."""
        self.page.goto(f"/cases/{case.pk}/")

    def begins(self, case, verb):
        """The form of a step, by the button on the case's page."""
        self.opens(case)
        box = self.page.locator("aside section").filter(has=self.page.get_by_text("下一步"))
        link = box.get_by_role("link", name=verb, exact=True)
        if not link.is_visible():
            box.get_by_text("更多", exact=True).click()
        link.click()

    def takes(self, case, verb, *, choose=(), tick=(), files=None, lands=None, **texts):
        """A step with its form filled in: `texts` by label, `choose`: (label, option),
        `tick`: (field, value) of radios. `lands`: where it leads; left out: back to the case.
        """
        self.begins(case, verb)
        for label, text in texts.items():
            self.page.get_by_label(label).first.fill(text)
        for label, option in choose:
            self.page.get_by_label(label, exact=False).first.select_option(label=option)
        for field, value in tick:
            self.page.locator(f"input[name={field}][value={value}]").check()
        if files:
            self.page.locator("input[type=file]").set_input_files(files)
        self.page.locator("main form.form-box button[type=submit]").click()
        self.page.wait_for_url(lands or f"/cases/{case.pk}/")

    def reads(self):
        """What the page says."""
        return self.page.locator("main").inner_text()

    def state(self):
        """Where the case stands, as the page says under its title."""
        return self.page.locator(".timeline .now p").inner_text()
