"""Every environment variable stands in README.md and README.zh.md."""

import ast

import pytest

from tests.architecture.project import ROOT, parsed, python_files

OF_THE_SYSTEM = {"PATH", "HOME", "LANG", "TMPDIR"}


def variables(tree):
    """Names read by env("X"), env.bool("X"), os.environ["X"], os.environ.get("X")."""
    found = set()
    for node in ast.walk(tree):
        text = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if text.split(".")[0] == "env" or text in ("os.environ.get", "os.getenv"):
            found.add(node.args[0].value)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            if isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Constant):
                found.add(node.slice.value)
    return found


def all_variables():
    trees = [tree for _path, tree in python_files()]
    trees.append(ast.parse((ROOT / "run").read_text("utf-8")))
    return sorted(set().union(*map(variables, trees)) - OF_THE_SYSTEM)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_environment_variable_stands_in_the_readme(readme):
    text = (ROOT / readme).read_text("utf-8")
    assert [name for name in all_variables() if f"`{name}`" not in text] == []


def test_the_rule_sees_each_way_to_read_a_variable():
    tree = parsed(
        "env('A')\nenv.bool('B', default=1)\n"
        "os.environ.get('C')\nos.environ['D']\nos.environ['E'] = 1"
    )
    assert variables(tree) == {"A", "B", "C", "D"}
    assert {"PORT", "CONGRESS_DATA", "DATABASE_URL", "REDIS_URL", "PASSWORD_PROFILE"} <= set(
        all_variables()
    )
