"""The frame of a page: which pages a role finds in the side navigation, and whose office it is."""

import functools
import tomllib
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse

FILE = Path(__file__).parent / "data" / "navigation.toml"


@functools.cache
def _rules():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def navigation_for(role, path):
    """The groups of navigation items of a role, as lists of {label, url, current}.

    path: of the page that is shown; the item whose address is its longest beginning is current.
    Items whose page does not exist, groups without items and unknown roles are left out.
    """
    names = _rules()["roles"].get(role, [])
    groups = [list(_items(_rules()["groups"][name])) for name in names]
    current = _current({item["url"] for group in groups for item in group}, path)
    return [
        [item | {"current": item["url"] == current} for item in group] for group in groups if group
    ]


def _items(rows):
    for row in rows:
        try:
            url = reverse(row["url_name"], kwargs=row.get("kwargs"))
        except NoReverseMatch:
            continue
        yield {"label": row["label"], "url": url}


def _current(urls, path):
    # The site's root is the beginning of every address: it is current only on itself.
    fitting = [url for url in urls if url == path or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default=None)


def place_name(place):
    """The office's name in the header: the place and the word for its congress (乡镇: 人大)."""
    return place.name + _rules()["organs"].get(place.level, "")


def navigation(request, sample_data=None):
    """Context of every page: `navigation`, `place_name`, `sample_data`.

    sample_data: whether the records are invented; default settings.SAMPLE_DATA. Who is not signed
    in gets no navigation and an empty name.
    """
    if sample_data is None:
        sample_data = getattr(settings, "SAMPLE_DATA", False)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "navigation": navigation_for(user.role, request.path) if signed_in else [],
        "place_name": place_name(user.place) if signed_in and user.place_id else "",
        "sample_data": sample_data,
    }
