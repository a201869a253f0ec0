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
        case.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = case.version
        form.add_error(None, STALE.format(who=last_change(case)))
    else:
        return True
    return False
