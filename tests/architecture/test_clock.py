"""Nothing asks the clock below a view, a command or a task: last year's report comes out the same
today.
"""

import ast

from tests.architecture.project import dotted, is_in, parsed, walk

CLOCKS = {
    *("timezone.now", "timezone.localdate", "timezone.localtime", "localdate", "time.time"),
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("datetime.date.today", "datetime.datetime.now", "datetime.datetime.today"),
}
# Where a request, a command or a task begins.
ENTRANCES = ("views/", "commands/", "views.py", "tasks.py")
# file → why it may ask as well
ALLOWED = {
    "congress/middleware.py": "stands around the views: idle time, age of passwords",
    "congress/substitution.py": "stands around the views: who stands in today",
    "congress/sheets/load.py": "the moment at which rows are entered; no figure reads it",
    "reports/importing.py": "the moment at which an import was done",
    "reports/undo.py": "the moment at which an import was taken back",
    "congress/models/jobs.py": "a job's lease is real time; no figure reads it",
}


def defaults(tree):
    """Nodes that are the default of a field or of an argument: asked only by who leaves it out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (k.value for k in node.keywords if k.arg == "default")
        elif isinstance(node, ast.FunctionDef):
            yield from filter(None, [*node.args.defaults, *node.args.kw_defaults])


def asked(path, tree):
    """Mentions of a clock, be it called or handed on, outside the places where a request begins."""
    if is_in(path, *ENTRANCES) or path in ALLOWED:
        return []
    harmless = {id(node) for node in defaults(tree)}
    names = (n for n in ast.walk(tree) if isinstance(n, ast.Attribute | ast.Name))
    return [(n.lineno, dotted(n)) for n in names if dotted(n) in CLOCKS and id(n) not in harmless]


def test_nobody_below_a_view_asks_the_clock():
    assert walk(asked) == []


def test_the_rule_sees_calls_and_lets_defaults_be():
    tree = parsed(
        "at = DateTimeField(default=timezone.now)\n"
        "def f(clock=timezone.now):\n    return clock()\n"
        "def g():\n    return timezone.now(), date.today()\n"
    )
    assert asked("suggestions/deadlines.py", tree) == [(5, "timezone.now"), (5, "date.today")]
    assert asked("suggestions/views/case.py", tree) == []
