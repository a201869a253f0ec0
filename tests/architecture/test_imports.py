"""Imports point one way: congress → deputies → suggestions → liaison_stations → activities →
reports.
"""

import ast
import re

from congress.settings import ROOMS
from tests.architecture.project import ROOT_FILES, parsed, walk

MENTION = re.compile(rf"^({'|'.join(ROOMS)})\.[A-Za-z_][\w.]*$")


def imported(tree):
    """(line, dotted name) of each import, at the top or inside a function, and of each text that
    names a part of a room: string foreign keys, get_model, dotted task names.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            first = node.args[0] if node.args else None
            yield node.lineno, getattr(first, "value", "") or ""
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and MENTION.match(node.value)
        ):
            yield node.lineno, node.value


def from_the_right(path, tree):
    """Imports of a room that stands to the right of the file's own."""
    if path in ROOT_FILES:
        return []
    own = ROOMS.index(path.split("/")[0])
    rooms = ((line, name, name.split(".")[0]) for line, name in imported(tree))
    return [(line, name) for line, name, room in rooms if room in ROOMS and ROOMS.index(room) > own]


def relative(path, tree):
    """`from . import x`: says nothing about direction."""
    return [
        (n.lineno, "relative") for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level
    ]


def test_no_room_imports_from_its_right():
    assert walk(from_the_right) == []


def test_imports_are_written_in_full():
    assert walk(relative) == []


def test_the_rule_sees_imports_in_functions_and_in_texts():
    tree = parsed(
        "def f():\n    from reports import ledger\n"
        "key = ForeignKey('suggestions.Case')\n"
        "model = apps.get_model('activities', 'Activity')\n"
        "import congress.jobs\n"
    )
    assert sorted(from_the_right("deputies/models.py", tree)) == [
        (2, "reports"),
        (3, "suggestions.Case"),
        (4, "activities"),
    ]
    assert from_the_right("reports/views.py", tree) == []
