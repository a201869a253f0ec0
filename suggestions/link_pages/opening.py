"""What the pages behind links share: finding the holder, answering a dead link, giving a paper."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render

from suggestions.links import RETURNED, USED
from suggestions.papers import open_file
from suggestions.plain_words import plain
from suggestions.words import UnitRole


def dead(request, death, today):
    """The page of a link that opens nothing: why, and for an evaluation that was given or
    a case that was sent back what happens next.
    """
    if death.kind == RETURNED:
        return render(request, "suggestions/links/returned.html", {"reason": str(death)})
    if death.kind != USED:
        context = {"reason": str(death)}
        return render(request, "suggestions/links/dead.html", context, status=404)
    context = {"case": death.link.case, "on": death.link.used_at}
    context["sentence"] = sentence_of(death.link.case, today)
    return render(request, "suggestions/links/received.html", context)


def closed(request, case, today):
    """There is nothing to evaluate now; the link stays good."""
    context = {"case": case, "sentence": sentence_of(case, today)}
    return render(request, "suggestions/links/closed.html", context)


def sentence_of(case, today):
    """Where the case stands, in plain words."""
    standing = case.standings.filter(ends=None).first()
    leads = case.units.filter(ends=None, role=UnitRole.LEAD).select_related("unit")
    return plain(standing, [row.unit for row in leads], today).sentence


def give(papers, pk):
    """One of these papers as a download; 404 for any other."""
    found = get_object_or_404(papers, pk=pk, removed_at=None)
    try:
        file = open_file(found)
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind = found.content_type
    return FileResponse(file, as_attachment=True, filename=found.name, content_type=kind)
