"""The tail stays short: functions, files, names."""

import ast

import pytest

from tests.architecture.project import ROOT, all_python_files, parsed

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "services", "common", "misc", "tools"}


def long_functions(tree):
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    lengths = ((f.name, f.end_lineno - f.lineno + 1) for f in functions)
    return [(name, length) for name, length in lengths if length > LONGEST_FUNCTION]


@pytest.mark.parametrize("path", all_python_files())
def test_no_function_is_longer_than_forty_lines(path):
    assert long_functions(ast.parse((ROOT / path).read_text("utf-8"))) == []


def test_no_file_is_longer_than_three_hundred_lines():
    modules = [path for path in all_python_files() if path.endswith(".py")]
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in modules}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_file_has_a_name_that_says_nothing():
    paths = [ROOT / path for path in all_python_files()]
    assert [str(p) for p in paths if {p.stem, p.parent.name} & NAMES_THAT_SAY_NOTHING] == []


def test_the_rule_counts_lines():
    tree = parsed("def f():\n" + "    x = 1\n" * 40)
    assert long_functions(tree) == [("f", 41)]
