"""Pages keep to the strict content security policy, and HTML stands in templates only."""

import ast
import re

from tests.architecture.project import parsed, templates, walk

FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "htmx script": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*.js:", re.I),
    "address of another host": re.compile(
        r"\b(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.I
    ),
    "javascript address": re.compile(r"javascript:", re.I),
    "unescaped": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}
# {% comment %} and {# #} may speak about what is forbidden.
COMMENT = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}", re.S)
TAG = re.compile(
    r"</?(?:a|b|br|div|em|form|i|input|li|option|p|select|span|strong|table|td|th|tr|ul)\b[^>]*>",
    re.I,
)


def forbidden(text):
    text = COMMENT.sub("", text)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def docstrings(tree):
    """The texts that say what a module, class or function is."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    return {
        id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, kinds) and ast.get_docstring(n)
    }


def html(path, tree):
    """Texts in code that hold an HTML tag, docstrings aside."""
    told = docstrings(tree)
    texts = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [
        (n.lineno, TAG.search(n.value)[0])
        for n in texts
        if id(n) not in told and TAG.search(n.value)
    ]


def mark_safe(path, tree):
    names = (n for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute))
    return [
        (n.lineno, "mark_safe")
        for n in names
        if "mark_safe" in (getattr(n, "id", ""), getattr(n, "attr", ""))
    ]


def test_no_template_needs_what_the_policy_refuses():
    assert {path: forbidden(text) for path, text in templates() if forbidden(text)} == {}


def test_there_is_no_html_in_python():
    assert walk(html) == []
    assert walk(mark_safe) == []


def test_the_rules_can_fail():
    assert forbidden('<p style="color:red" onclick="x()"><script>1</script><a href="//evil">') == [
        "style attribute",
        "inline script",
        "event attribute",
        "address of another host",
    ]
    assert forbidden('<script defer src="x.js"></script>{# <style> #}<td data-style="x">') == []
    assert html("x.py", parsed('"""<b>told</b>"""\nx = "<b>raw</b>"')) == [(2, "<b>")]
