"""The one step form, made from a row of the table of steps."""

from django import forms

from congress.forms.papers import PapersField
from congress.models import Unit, Word
from congress.roles import Role
from congress.sheets.days import parse_day
from congress.sheets.values import CellError
from suggestions.case_field import CaseField
from suggestions.deadlines import longest_due, wrong_due
from suggestions.form_words import OTHER_REASON, decline_reasons, step_fields
from suggestions.likeness import alike
from suggestions.models import Case
from suggestions.moment import GIVES_UNITS
from suggestions.signed import SETTLED, as_signed, letter_of, signed_papers
from suggestions.words import (
    PROMISING_CLASSES,
    ContactForm,
    Occasion,
    Origin,
    ResultClass,
    Satisfaction,
    UnitRole,
)

CLASS_LABELS = {
    "A": "A 已解决或基本解决",
    "B": "B 正在解决",
    "C": "C 列入计划逐步解决",
    "D": "D 因条件限制或留作参考",
}
# Fields that the step keeps among its data under their own name.
IN_DATA = ("promise", "promise_by", "no_promise", "number", "signer", "leader", "form", "who")


class DayField(forms.Field):
    """A day as clerks write it: 2024-03-05, 2024/3/5, 2024年3月5日; by the rule of ledgers."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2024-03-05"})

    def to_python(self, value):
        if not value:
            return None
        try:
            return parse_day(str(value))
        except CellError as error:
            raise forms.ValidationError(str(error)) from error


class StepForm(forms.Form):
    """Asks for what a step needs; `changes()` is what `advance` takes. `moment`: the case and who
    asks; a unit is never asked which unit it is.
    """

    on = DayField(label="日期", help_text="事情发生的那一天，不是录入的日子")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, rule, moment, today, **options):
        super().__init__(*args, **options)
        self.rule, self.moment, self.today = rule, moment, today
        self.letter = letter_of(moment, rule.name)
        for name in self._names():
            self.fields[name] = FIELDS[name](moment)
            self.fields[name].required = self._is_required(name)
        if "unit" in self.fields and rule.name not in GIVES_UNITS:
            on_it = Unit.objects.visible_to(moment.user).filter(pk__in=moment.units_for(rule))
            self.fields["unit"].queryset = on_it
        if "into" in self.fields:
            case = moment.case
            likely = alike(moment.user, case.place, case.title, today=today, besides=case.pk)
            self.fields["into"].offer([each.case for each in likely if each.can_merge])
        if "cases" in self.fields and not self.fields["cases"].queryset.exists():
            del self.fields["cases"]
        self._label()
        if moment.keeps_to_own(rule):
            self._offer_township()

    def _label(self):
        for name, told in step_fields().get(self.rule.name, {}).items():
            if name in self.fields:
                self.fields[name].label = told["label"]
                self.fields[name].help_text = told.get("help", self.fields[name].help_text)
        if self.rule.name in ("申请延期", "延期") and (last := longest_due(self.moment))[0]:
            self.fields["due"].help_text = f"最晚到{last[0]:%Y-%m-%d}：{last[1]}"

    def _names(self):
        for name in self.rule.fields:
            if self.letter and (name in SETTLED or name == "note" and self.letter[0].note):
                continue
            if name == "restart" and not self.moment.standing.handed_on:
                continue
            if name == "complex" and self.moment.standing.origin != Origin.DEPUTY:
                continue
            if name == "unit" and not self._asks_unit():
                continue
            yield name

    def _offer_township(self):
        """The township's own units alone; to its government one is only proposed at 交办."""
        for name in {"unit", "leads", "helpers"} & self.fields.keys():
            own = self.fields[name].queryset.filter(place=self.moment.case.place_id)
            self.fields[name].queryset = own
        if self.rule.name == "交办" and self.moment.presidium_layer:
            self.fields["unit"].label = "建议主办单位"
            self.fields["unit"].help_text = "由政府办分办，可以不填"

    def _asks_unit(self):
        name, moment = self.rule.name, self.moment
        if moment.user.role == Role.UNIT:
            return False
        if name in GIVES_UNITS:
            return True
        return len(moment.leads) > 1 if name in _OF_LEADS else bool(moment.units_for(self.rule))

    @property
    def letter_words(self):
        """[(name, words)] of the letter that goes out as it was signed."""
        if not self.letter:
            return []
        draft, signing = self.letter
        promise = [draft.data.get("promise"), f"{draft.due:%Y-%m-%d}前" if draft.due else ""]
        told = {
            "文号": signing.data.get("number"),
            "签发人": signing.data.get("signer"),
            "办理结果": CLASS_LABELS.get(draft.result),
            "承诺": "，".join(filter(None, [*promise, draft.data.get("promise_by")])),
            "答复主要内容": draft.note,
            "答复函": "、".join(paper.name for paper in signed_papers(self.moment.case.steps)),
        }
        return [(name, words) for name, words in told.items() if words]

    def _is_required(self, name):
        proposed_only = self.rule.name == "交办" and self.moment.presidium_layer
        return name in self.rule.required and not (name == "unit" and proposed_only)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(f"日期是{on:%Y年%m月%d日}，晚于今天。请核对纸质件")
        return on

    def clean(self):
        values = super().clean()
        promising = values.get("result") in PROMISING_CLASSES
        if promising and "promise" in self.fields and not values.get("no_promise"):
            for name in ("promise", "due", "promise_by"):
                if not values.get(name):
                    self.add_error(name, _PROMISE_MISSING[name])
        problem = values.get("on") and wrong_due(values.get("due"), values["on"], self.moment)
        if problem:
            self.add_error("due", problem)
        dissatisfied = values.get("evaluation") == Satisfaction.DISSATISFIED
        if dissatisfied and not values.get("note"):
            self.add_error("note", "对办理结果不满意，请写明原因，承办单位才知道怎么改")
        if values.get("decline_reason") == OTHER_REASON and not values.get("note"):
            self.add_error("note", "理由选“其他”的，请写明是什么理由，代表才看得懂")
        return values

    def changes(self):
        """The keyword arguments of `advance` for what was filled in."""
        values = self.cleaned_data
        changes = {"note": values.get("note") or "", "due": values.get("due")}
        changes["result"] = values.get("result") or values.get("evaluation") or ""
        changes["attitude"] = values.get("attitude") or ""
        changes["data"] = {name: values[name] for name in IN_DATA if values.get(name)}
        changes["data"] |= self._choices()
        if values.get("unit"):
            changes["unit"] = values["unit"]
        if values.get("decline_reason"):
            note = changes["note"]
            changes["note"] = values["decline_reason"] + (f"：{note}" if note else "")
        return as_signed(self.letter, changes) if self.letter else changes

    def _choices(self):
        values, data = self.cleaned_data, {}
        unit = values.get("unit")
        if unit and "helpers" in self.rule.fields:
            leads = [lead.pk for lead in values["leads"] if lead != unit]
            data["leads"] = [unit.pk, *leads]
            named = set(data["leads"])
            data["helpers"] = [one.pk for one in values["helpers"] if one.pk not in named]
        if values.get("into"):
            data["into"] = values["into"].pk
        if values.get("category"):
            data["category"] = values["category"].pk
        flags = ("occasion", "complex", "restart", "joint")
        return data | {name: values[name] for name in flags if values.get(name)}


# Steps in which the office says for which unit, only where several lead.
_OF_LEADS = frozenset({"签收", "拟稿", "答复", "再次答复", "承诺落实"})
_PROMISE_MISSING = {
    "promise": "B、C 类答复要写明承诺办什么；答复里确实没有承诺的，勾选“答复没有承诺”",
    "due": "请写承诺什么时候办好，如 2026-12-31",
    "promise_by": "请写由谁负责兑现",
}


def _units(moment):
    return Unit.objects.visible_to(moment.user).filter(closed_on=None, merged_into=None)


def _unit(moment):
    return forms.ModelChoiceField(_units(moment), label="单位", empty_label="请选择")


def _several(label, help_text=""):
    return lambda moment: forms.ModelMultipleChoiceField(
        _units(moment), label=label, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def _into(moment):
    others = Case.objects.visible_to(moment.user).filter(place=moment.case.place)
    return CaseField(others.exclude(pk=moment.case.pk), label="并入哪一件（编号）")


def _cases(moment):
    """Other cases that the same letter may answer: of the same lead units, waiting for a reply."""
    waiting = {"standings__ends": None, "standings__state": moment.standing.state}
    shared = {"units__ends": None, "units__role": UnitRole.LEAD, "units__unit__in": moment.leads}
    rows = Case.objects.visible_to(moment.user).filter(place=moment.case.place, **waiting)
    rows = rows.filter(**shared).exclude(pk=moment.case.pk).distinct()
    return forms.ModelMultipleChoiceField(
        rows, label="这份答复同时答复", widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip


class _ToldStep(forms.ModelChoiceField):
    def label_from_instance(self, step):
        return f"{step.on:%Y-%m-%d} {step.name}"


def _step(moment):
    rows = moment.case.steps.filter(superseded_at=None).order_by("on", "order", "pk")
    return _ToldStep(rows, label="更正哪一步的日期", empty_label="请选择")


def _category(moment):
    words = Word.objects.visible_to(moment.user).filter(kind=Word.Kind.CATEGORY, retired_on=None)
    return forms.ModelChoiceField(words, label="改为类别", empty_label="不改")


def _due(moment):
    return DayField(label="期限或承诺日期", help_text="不填的，按规定自动推算")


def _choice(label, choices):
    return lambda moment: forms.ChoiceField(choices=[("", "请选择"), *choices], label=label)


def _judged(label):
    choices = [(word, word) for word in Satisfaction.values]
    return lambda moment: forms.ChoiceField(choices=choices, label=label, widget=forms.RadioSelect)


def _text(label, most=120, help_text=""):
    return lambda moment: forms.CharField(label=label, max_length=most, help_text=help_text)


def _flag(label, help_text=""):
    return lambda moment: forms.BooleanField(label=label, required=False, help_text=help_text)


FIELDS = {
    "unit": _unit,
    "leads": _several("并列主办单位", "几个单位分别主办、分别答复时勾选；一个单位主办的不用选"),
    "helpers": _several("协办单位"),
    "into": _into,
    "cases": _cases,
    "step": _step,
    "files": lambda moment: PapersField(label="附件"),
    "category": _category,
    "due": _due,
    "note": lambda moment: forms.CharField(
        label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    ),
    "result": _choice("办理结果", [(c, CLASS_LABELS[c]) for c in ResultClass.values]),
    "attitude": _judged("对办理态度"),
    "evaluation": _judged("对办理结果"),
    "occasion": _choice("改为提出场合", [(w, w) for w in Occasion.values]),
    "complex": _flag("涉及面广、办理难度大（六个月）", "代表法第五十一条，只用于代表建议"),
    "restart": _flag("期限从改办之日重新起算", "不勾选的，原来的期限接着算"),
    "promise": _text("承诺事项", 200),
    "promise_by": _text("责任人", 60),
    "no_promise": _flag("答复没有承诺"),
    "number": _text("文号", 60, "如 文府函〔2026〕8号"),
    "joint": _flag("与另一件同一份答复函", "几件用一个文号答复时勾选"),
    "signer": _text("签发人", 60),
    "leader": _text("领导", 60),
    "form": _choice("面商形式", [(word, word) for word in ContactForm.values]),
    "who": _text("同谁谈的、谁去谈的", 120),
    "decline_reason": lambda moment: forms.ChoiceField(
        choices=[("", "请选择"), *((text, text) for text in decline_reasons())], label="理由"
    ),
}
