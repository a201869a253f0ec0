"""What a case is follows from its steps: only the workflow writes steps, only the projection writes
standings.
"""

import ast

from tests.architecture.project import dotted, parsed, walk

WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
}
# model → the files that may write it
WRITERS = {
    "Standing": {"suggestions/projection.py", "suggestions/store.py"},
    "CaseUnit": {"suggestions/projection.py", "suggestions/store.py"},
    "Step": {
        "suggestions/workflow.py",
        "suggestions/stepping.py",
        "suggestions/corrections.py",
    },
}
RELATED = {"standings": "Standing", "units": "CaseUnit", "steps": "Step"}
# What else has a state, by the name it goes under.
OTHERS = {"job", "batch"}


def model_of(chain):
    """The guarded model that a chain like `Step._base_manager.filter` or `case.steps` goes through,
    or None.
    """
    names = chain.split(".")
    return next(
        (RELATED.get(name, name) for name in names[:-1] if RELATED.get(name, name) in WRITERS), None
    )


def root_chain(node):
    """The names of a chain with the calls in it left out: `Step.objects.filter(…).update` →
    Step.objects.filter.update.
    """
    if isinstance(node, ast.Call):
        return root_chain(node.func)
    if isinstance(node, ast.Attribute):
        return f"{root_chain(node.value)}.{node.attr}"
    return dotted(node)


def rows_written(path, tree):
    """Calls that write rows of the guarded models outside their writers."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
        ):
            model = model_of(root_chain(node.func))
            if model and path not in WRITERS[model]:
                yield node.lineno, f"writes {model}"


def rows_made(path, tree):
    """Steps made outside suggestions/, standings made outside the projection."""
    for node in ast.walk(tree):
        name = dotted(node.func) if isinstance(node, ast.Call) else ""
        allowed = (
            path.startswith("suggestions/") if name == "Step" else path in WRITERS.get(name, {path})
        )
        if name in WRITERS and not allowed:
            yield node.lineno, f"makes {name}"


def states_set(path, tree):
    """`x.state = …` and `x.status = …`, where x is neither a job nor a batch of imported rows."""
    for node in ast.walk(tree):
        target = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if target and node.attr in ("state", "status") and dotted(node.value) not in OTHERS:
            yield node.lineno, f"sets {node.attr}"


def test_only_the_workflow_writes_steps_and_only_the_projection_writes_standings():
    assert walk(rows_written) == []
    assert walk(rows_made) == []


def test_nobody_sets_a_state():
    assert walk(states_set) == []


def test_the_rules_can_fail():
    tree = parsed(
        "case.steps.filter(on=1).update(on=2)\nStanding(case=1)\ncase.state = 'x'\n"
        "Step.objects.filter(pk=1)"
    )
    assert list(rows_written("reports/views.py", tree)) == [(1, "writes Step")]
    assert list(rows_made("reports/views.py", tree)) == [(2, "makes Standing")]
    assert list(states_set("reports/views.py", tree)) == [(3, "sets state")]
    assert list(rows_written("suggestions/workflow.py", tree)) == []
