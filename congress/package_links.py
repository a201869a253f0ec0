"""What the parts of an Office package point to (relationships, ISO/IEC 29500-2, clause 6.5)."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# What is opened only when somebody clicks on it.
_CLICKED = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    }
)
# A drive letter; \\\\server\\share is another machine.
_OWN_DISK = re.compile(r"file:///[A-Za-z](:|%3A)[/\\]", re.IGNORECASE)
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


class OddLinks(Exception):
    """A list of relationships that is no XML, or has a document type, which none needs."""


@dataclass(frozen=True)
class Relationship:
    """One pointer of a part: `kind` is a URI that says what for, `outside`: not in the package."""

    kind: str
    target: str
    outside: bool

    @property
    def is_fetched(self):
        """Whether a program reads something outside without a click: a template, a picture."""
        return self.outside and self.kind not in _CLICKED and not self._names_own_template

    @property
    def _names_own_template(self):
        """Word notes the template on the writer's own disk (file:///C:…); elsewhere it finds
        none.
        """
        return self.kind.endswith("/attachedTemplate") and bool(_OWN_DISK.match(self.target))

    @property
    def is_macro(self):
        return self.kind.lower().endswith(("/vbaproject", "/wordvbadata", "macrosheet"))

    @property
    def is_embedded(self):
        """Whether a foreign object is laid in, which a double click starts."""
        return self.kind.lower().endswith(("/oleobject", "/control", "/activexcontrolbinary"))


def relationships(content):
    """[Relationship] of one .rels part. OddLinks."""
    if any(mark in content for mark in _DOCTYPES):
        raise OddLinks("document type")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise OddLinks(str(error)) from error
    if any(not each.tag.startswith(_NAMESPACE) for each in root.iter()):
        raise OddLinks("foreign elements")
    rows = (each for each in root.iter() if each.get("Type"))
    return [
        Relationship(
            each.get("Type"),
            each.get("Target", ""),
            each.get("TargetMode", "Internal").lower() != "internal",
        )
        for each in rows
    ]
