"""Doing what a form asks: what refuses it stands in the form, with all that was typed."""

from congress.audit import last_change
from congress.records import StaleRecord
from congress.uploads import UploadRefused
from suggestions.papers import filing
from suggestions.workflow import StepRefused

STALE = "{who}改过这一件。您选的和写的都在，请看过办理经过再提交一次"


def attempt(form, case, act):
    """Call `act()` in one transaction with the files that it keeps. True: done. A step or a file
    that is refused, or a page that somebody overtook (`form` has the version), becomes a sentence
    in the form; the next try is made on the case as it is now.
    """
    try:
        with filing():
            act()
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
    except UploadRefused as refusal:
        form.add_error("files", str(refusal))
    except StaleRecord:
        overtaken(form, case)
    else:
        return True
    return False


def overtaken(form, case):
    """Tell in the form who changed the case since the page was drawn; the next try is made on the
    case as it is now.
    """
    case.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = case.version
    form.add_error(None, STALE.format(who=last_change(case)))


def taken_before(form, case, user):
    """Whether this person took just this step since the page of `form` was drawn: a double click,
    or a request that was sent again. `case` is as it is now.
    """
    asked, name = form.changes(), form.rule.name
    steps = case.steps.filter(name=name, on=form.cleaned_data["on"], superseded_at=None)
    step = steps.filter(entered_by=user.pk, entered_as="" if user.pk else user.name).last()
    if step is None or form.cleaned_data["version"] == case.version:
        return False
    told = ("note", "result", "attitude")
    return all(getattr(step, field) == asked[field] for field in told) and all(
        step.data[key] == value for key, value in asked["data"].items() if key in step.data
    )
