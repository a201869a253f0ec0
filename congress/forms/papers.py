"""The field with which files are handed in: several at once, each checked by what it holds."""

from django import forms

from congress.uploads import UploadRefused, checked

MOST = 9
HELP = "PDF、Word、Excel 或照片，每个不超过 20 MB，一次最多 {most} 个"
ACCEPT = ".pdf,.docx,.doc,.wps,.xlsx,.jpg,.jpeg,.png,.heic,.heif"


class PapersInput(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PapersField(forms.FileField):
    """Gives a list of `Checked`; at most `most` files. One that is refused refuses all, each with
    its sentence.
    """

    widget = PapersInput

    def __init__(self, *, most=MOST, label="文件", **options):
        self.most = most
        options.setdefault("help_text", HELP.format(most=most))
        options.setdefault("error_messages", {"required": "请先选文件"})
        super().__init__(label=label, **options)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, data, initial=None):
        uploads = [upload for upload in data or [] if upload]
        if not uploads and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        if len(uploads) > self.most:
            told = f"一次最多 {self.most} 个，您选了 {len(uploads)} 个，请分几次上传"
            raise forms.ValidationError(told)
        kept, refused = [], []
        for upload in uploads:
            try:
                kept.append(checked(upload))
            except UploadRefused as refusal:
                refused.append(str(refusal))
        if refused:
            raise forms.ValidationError(refused)
        return kept
