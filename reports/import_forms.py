"""Choosing a file to import, and matching columns of a table that is not ours."""

from django import forms

from congress.models import Place
from congress.roles import Role

TITLE = "标题"
LARGEST = 20 * 2**20  # bytes


class UploadForm(forms.Form):
    """A file, what it is, and for county staff the township it belongs to."""

    file = forms.FileField(
        label="文件",
        help_text=".xlsx、.xls、.et、.csv，不超过 20 MB，每张表最多 10 万行",
        error_messages={
            "required": "请先选一个文件",
            "empty": "这个文件是空的，请核对后再选",
            "max_length": "文件名太长，请改短后再选",
        },
    )
    source = forms.ChoiceField(
        label="格式",
        choices=[
            ("台账", "本系统的台账工作簿"),
            ("其他表", "其他表（意见建议清单，列名不同也可以）"),
        ],
        widget=forms.RadioSelect,
        initial="台账",
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user
        if user.role == Role.COUNTY:
            places = (
                Place.objects.visible_to(user).in_place(user.place).filter(level__in=("县", "乡镇"))
            )
            self.fields["place"] = forms.ModelChoiceField(
                places,
                label="导入到",
                empty_label="请选择乡镇",
                error_messages={"required": "请选择导入到哪个乡镇"},
            )
            self.fields["by_column"] = forms.CharField(
                label="按哪一列分到各乡镇", required=False, max_length=40,
                help_text="全县一张表时填列名，如 所属中心组；选择本县",
            )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("文件超过 20 MB，请分成几个文件导入")
        return file

    @property
    def place(self):
        """Into which place the file goes."""
        return self.cleaned_data.get("place") or self.user.place


class MatchingForm(forms.Form):
    """One select a header: which column of ours it is."""

    def __init__(self, data, *, columns, fields, mapping):
        super().__init__(data)
        choices = [("", "不导入这一列"), *fields]
        for index, (header, found) in enumerate(columns.items()):
            self.fields[f"c{index}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=mapping.get(header, found) or "",
            )
        self.headers = list(columns)

    def mapping(self):
        """{header: field or None} as the person chose."""
        chosen = (self.cleaned_data[f"c{index}"] or None for index in range(len(self.headers)))
        return dict(zip(self.headers, chosen, strict=True))

    def clean(self):
        values = super().clean()
        chosen = [value for value in values.values() if value]
        twice = {value for value in chosen if chosen.count(value) > 1}
        if twice:
            raise forms.ValidationError("有两列对应到同一项，请改成各不相同")
        if TITLE not in chosen:
            raise forms.ValidationError("请选出哪一列是标题")
        return values
