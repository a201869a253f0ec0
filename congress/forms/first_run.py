"""The four steps of the first-run guide."""

import re

from django import forms

from congress import accounts
from congress.forms.fields import DayField, lines_of
from congress.forms.users import USERNAME
from congress.places import full_name_of, name_of
from congress.setting_up import Plan, TermPlan

PINYIN = "不填就按姓名的拼音起。"
TOWNSHIP_LINE = re.compile(r"^(\d{9})(?:000)?[\s,，、:：]*(\D.*)$")


def lines_field(label, help_text, example, required=False):
    """A text box, one thing a line."""
    widget = forms.Textarea(attrs={"rows": 6, "placeholder": example})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget)


class PlaceStep(forms.Form):
    """The county by its code, and its townships."""

    title = "地方"

    code = forms.CharField(
        label="县（市、区）代码", max_length=6,
        help_text="6位行政区划代码，省、市、县的名称按代码自动填。例如会昌县是 360733。",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    name = forms.CharField(
        label="县（市、区）名称", max_length=60, required=False, help_text="代码查得到就不用填。"
    )
    townships = lines_field(
        "乡镇",
        "一行一个：9位代码，空一格，名称。只用到一个乡镇，就写一个。",
        "360733100 文武坝镇",
        required=True,
    )

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not (code.isdecimal() and len(code) == 6):
            raise forms.ValidationError(f"“{code}”不是县的代码：县的代码是6位数字。")
        return code

    def clean_townships(self):
        found = [
            (line, TOWNSHIP_LINE.match(line)) for line in lines_of(self.cleaned_data["townships"])
        ]
        wrong = next((line for line, match in found if not match), None)
        if wrong:
            raise forms.ValidationError(f"“{wrong}”看不明白，要写成“360733100 文武坝镇”这样。")
        return [(match[1], match[2].strip()) for _, match in found]

    def clean(self):
        chosen = super().clean()
        code, townships = chosen.get("code"), chosen.get("townships") or []
        if code and not (chosen.get("name") or name_of(code)):
            self.add_error("name", f"代码 {code} 在附带的名录里查不到，请填名称。")
        outside = [name for each, name in townships if code and not each.startswith(code)]
        if outside:
            self.add_error("townships", f"“{outside[0]}”的代码不是 {code} 开头的。")
        codes = [each for each, _ in townships]
        if len(set(codes)) < len(codes):
            self.add_error("townships", "有两个乡镇的代码一样。")
        return chosen

    def plan(self, plan):
        chosen = self.cleaned_data
        plan.county = (chosen["code"], chosen["name"] or name_of(chosen["code"]))
        plan.townships = chosen["townships"]


class TermStep(forms.Form):
    """The terms that are running."""

    title = "届次"

    county_name = forms.CharField(label="县人大本届", max_length=30, required=False)
    county_starts = DayField(
        label="从哪天起", required=False, help_text="本届第一次人民代表大会会议开幕的日期。"
    )
    township_name = forms.CharField(label="乡镇人大本届", max_length=30, required=False)
    township_starts = DayField(
        label="从哪天起", required=False, help_text="各乡镇不同天的，以后在届次里逐个改。"
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("county_name", "township_name"):
            self.fields[name].widget.attrs["placeholder"] = "第十八届"

    def plan(self, plan):
        chosen = self.cleaned_data
        plan.county_term = TermPlan(chosen["county_name"], chosen["county_starts"])
        plan.township_term = TermPlan(chosen["township_name"], chosen["township_starts"])


class UnitStep(forms.Form):
    """The units that suggestions are assigned to."""

    title = "承办单位"

    county_units = lines_field(
        "县直单位", "一行一个。以后还能加，导入台账时遇到新的也会自动加。", "县水利局"
    )
    township_units = lines_field("乡镇的站所", "一行一个，每个乡镇都按这份建。", "水务站")

    def clean(self):
        for name in self.fields:
            names = lines_of(self.cleaned_data.get(name, ""))
            if any(len(each) > 60 for each in names):
                self.add_error(name, "有一个名称太长，不能超过 60 个字。")
            self.cleaned_data[name] = names
        return self.cleaned_data

    def plan(self, plan):
        plan.county_units = self.cleaned_data["county_units"]
        plan.township_units = self.cleaned_data["township_units"]


class UserStep(forms.Form):
    """The first two people: who keeps the accounts, and who does the work."""

    title = "用户"

    admin_name = forms.CharField(
        label="系统管理员姓名", max_length=60, help_text="管账号和设置，看不到业务内容。"
    )
    admin_username = forms.CharField(
        label="系统管理员用户名", required=False, validators=[USERNAME], help_text=PINYIN
    )
    staff_name = forms.CharField(
        label="第一位经办人姓名",
        max_length=60,
        help_text="登记建议、写总结的人，和系统管理员不能是同一个账号。",
    )
    staff_username = forms.CharField(
        label="经办人用户名",
        required=False,
        validators=[USERNAME],
        help_text=PINYIN,
    )
    staff_place = forms.ChoiceField(label="经办人在哪里")

    def __init__(self, *args, plan, **options):
        super().__init__(*args, **options)
        towns = [(code, f"{name}：乡镇人大干事") for code, name in plan.townships]
        self.fields["staff_place"].choices = [
            *towns,
            (plan.county[0], f"{plan.county[1]}：县人大工作人员"),
        ]

    def clean(self):
        chosen = super().clean()
        for who in ("admin", "staff"):
            if not chosen.get(f"{who}_username") and chosen.get(f"{who}_name"):
                chosen[f"{who}_username"] = accounts.free_username(chosen[f"{who}_name"])
        first, second = chosen.get("admin_username"), chosen.get("staff_username")
        if first and second and first.lower() == second.lower():
            self.add_error("staff_username", f"两个用户名都是“{first}”，请改一个。")
        return chosen

    def plan(self, plan):
        chosen = self.cleaned_data
        plan.admin = (chosen["admin_name"], chosen["admin_username"])
        plan.staff = (chosen["staff_name"], chosen["staff_username"])
        plan.staff_place = chosen["staff_place"]


STEPS = {"place": PlaceStep, "term": TermStep, "units": UnitStep, "users": UserStep}


def bound(step, data, plan):
    """The form of a step over what was typed (None: nothing yet)."""
    return UserStep(data, plan=plan) if step == "users" else STEPS[step](data)


def read_plan(kept):
    """(plan, first step that is missing or wrong) from what was typed so far: {step: {field:
    text}}."""
    plan = Plan(county=("", ""), townships=[])
    for step in STEPS:
        form = bound(step, kept.get(step), plan)
        if not form.is_bound or not form.is_valid():
            return plan, step
        form.plan(plan)
    return plan, None


def whole_name(plan):
    """江西省赣州市会昌县, for the head of the later steps."""
    return full_name_of(plan.county[0]) if name_of(plan.county[0]) else plan.county[1]
