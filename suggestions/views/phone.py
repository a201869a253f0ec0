"""Showing a citizen's phone: asked for with a reason and a password given not long ago, noted in
the audit trail each time.
"""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from congress import audit, renewal
from suggestions.case_facts import may_see_phone
from suggestions.models import Case
from suggestions.moment import Moment


class ReasonForm(forms.Form):
    """Why the phone is needed, and who asks."""

    reason = forms.CharField(
        label="为什么要看", max_length=120, help_text="如：约面商时间。会记入日志"
    )

    def __init__(self, *args, request, now, **options):
        super().__init__(*args, **options)
        self.request, self.now = request, now
        if renewal.is_due(request, now):
            self.fields["secret"] = renewal.field(request)

    def clean_secret(self):
        why = renewal.why_not(self.request, self.cleaned_data["secret"], self.now)
        if why:
            raise forms.ValidationError(why)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def case_phone(request, pk):
    """The whole phone number, to the office and to a unit while it handles the case."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    moment = Moment(case, request.user, timezone.localdate())
    if not case.phone or not may_see_phone(moment):
        raise Http404
    form = ReasonForm(request.POST or None, request=request, now=timezone.now())
    phone = ""
    if form.is_valid():
        audit.note("show", case, detail={"phone": form.cleaned_data["reason"]})
        phone = case.phone
    return render(request, "suggestions/phone.html", {"case": case, "form": form, "phone": phone})
