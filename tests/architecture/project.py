"""The project as the walking tests see it: its files, parsed once."""

import ast
from functools import cache
from pathlib import Path

from congress.settings import BASE_DIR as ROOT
from congress.settings import ROOMS

# The composition root: the only files of congress/ that know the rooms.
ROOT_FILES = {f"congress/{name}.py" for name in ("settings", "urls", "celery", "wsgi")}


@cache
def python_files():
    """(path from the top, its tree) of every file of the product, migrations aside."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    kept = [path for path in paths if "migrations" not in path.parts]
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))) for path in kept]


@cache
def all_python_files():
    """Paths from the top of every Python file: the product's, tests, bench, scripts."""
    folders = [*ROOMS, "tests", "bench"]
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    kept = [path for path in paths if "migrations" not in path.parts]
    return [str(path.relative_to(ROOT)) for path in [*kept, ROOT / "manage.py", ROOT / "run"]]


@cache
def templates():
    """(path from the top, text) of every template."""
    paths = sorted((ROOT / "templates").rglob("*.html"))
    return [(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in paths]


def walk(rule):
    """What `rule(path, tree)` finds in the files of the product, each as `path:line what`."""
    return [
        f"{path}:{line} {what}" for path, tree in python_files() for line, what in rule(path, tree)
    ]


def parsed(text):
    """The tree of a piece of code, to show that a rule can fail."""
    return ast.parse(text)


def dotted(node):
    """`a.b.c` for a chain of attributes on a name, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def is_in(path, *places):
    """Whether a path from the top is one of `places`: a folder (`views/`) or a file's name."""
    folders = [f"{part}/" for part in Path(path).parts[:-1]]
    return bool({*folders, Path(path).name} & set(places))
