"""Every page has its own help, and what a help text names stands in the product as it is named."""

import ast
import re
import tomllib
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from congress.page_help import FOLDER, LISTS, help_for, shared_words, texts
from congress.roles import Role
from reports.records import group_of
from suggestions.steps import RULES
from tests.architecture.project import ROOT, python_files, templates
from tests.architecture.urls import all_names, pairs, rows, value_of

PLAIN = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|<svg.*?</svg>|<script.*?>", re.S)
# A line of a template falls apart at HTML tags; within it {% %} divides and {{ }} may be anything.
HTML_TAG = re.compile(r"<(?:{%.*?%}|{{.*?}}|[^>])*>", re.S)
BRANCH = re.compile(r"{%.*?%}", re.S)
ATTRIBUTE = re.compile(r'(?:placeholder|aria-label|title|label|text|verb|\w+_label)="([^"]+)"')
DEFAULT = re.compile(r"{%\s*firstof[^%]*'([^'%]+)'\s*%}")
VALUE = re.compile(r"{{.*?}}", re.S)
QUOTED = re.compile("“([^”]+)”|「([^」]+)」")
OPEN_PAGES = {"link-evaluate", "link-unit", "link-unit-step"}
# What no name is worth much without: one sign alone fits anywhere.
LEAST = 2

readable = [row for row in rows() if 200 in dict(row.expected).values()]


def sentences(text):
    """All that a help text says."""
    yield from (text["title"], text["about"])
    for item in text.get("do", []):
        yield from (item["to"], *item["steps"])
    yield from (item["does"] for item in text.get("keys", []))
    yield from (item["say"] for item in text.get("wrong", []))


def named(sentence):
    """The names in quotation marks."""
    return [first or second for first, second in QUOTED.findall(sentence)]


def values(tree):
    """All texts in the values of a toml or json tree."""
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list):
        return [text for branch in tree for text in values(branch)]
    return [tree] if isinstance(tree, str) else []


def words_of_code():
    """Texts of the code and of its data, the help's own aside."""
    for _path, tree in python_files():
        found = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
        yield from (text for text in found if isinstance(text, str))
    for path in ROOT.glob("*/data/**/*.toml"):
        if FOLDER not in path.parents:
            yield from values(tomllib.loads(path.read_text("utf-8")))


def lines_of(template):
    """What a template shows, each element by itself, each written once between its own tags."""
    text = PLAIN.sub("", template)
    yield from (line.strip() for line in HTML_TAG.split(text))
    yield from ATTRIBUTE.findall(text)
    yield from DEFAULT.findall(text)


def shapes(line):
    """A line with branches or values in it as (pattern, its fixed parts)."""
    parts = [part for part in re.split(f"({BRANCH.pattern}|{VALUE.pattern})", line) if part.strip()]
    fixed = [part.strip() for part in parts if not part.startswith(("{%", "{{"))]
    pattern = "".join(
        ".*" if p.startswith("{{") else "" if p.startswith("{%") else f"(?:{re.escape(p.strip())})?"
        for p in parts
    )
    return re.compile(pattern), [part for part in fixed if len(part) >= LEAST]


class Product:
    """All words that the product shows."""

    def __init__(self, template_texts, code):
        lines = {line for text in template_texts for line in lines_of(text) if line}
        self.whole = {line for line in lines if "{" not in line} | set(code)
        self.shapes = [shapes(line) for line in lines if "{" in line]

    def shows(self, name):
        """Whether the name stands there: alone in its element, or put together in one."""
        if name in self.whole:
            return True
        return any(
            any(part in name for part in fixed) and pattern.fullmatch(name)
            for pattern, fixed in self.shapes
        )


@pytest.fixture(scope="module")
def product():
    shown = [text for path, text in templates() if path != "templates/parts/help.html"]
    return Product(shown, words_of_code())


def test_every_name_in_a_help_text_stands_in_the_product(product):
    told = [(text["title"], sentence) for text in texts() for sentence in sentences(text)]
    told += [(word, meaning) for word, meaning in shared_words().items()]
    missing = [
        f"{title}: {name}"
        for title, sentence in told
        for name in named(sentence)
        if not product.shows(name)
    ]
    assert missing == []


def test_a_renamed_button_is_found():
    product = Product(
        ['<a class="{% if x %}b{% endif %}">上传</a><b>全部{{ step }}{% if x %} 件{% endif %}</b>'],
        ["催办"],
    )
    names = ["上传", "催办", "全部催办", "上传文件", "传", "催"]
    assert [name for name in names if product.shows(name)] == ["上传", "催办", "全部催办"]


def test_every_page_that_help_speaks_of_exists():
    pages = {page for text in texts() for page in text["pages"]}
    assert {page.split()[0] for page in pages} - all_names() == set()
    kinds = [page.split() for page in pages if " " in page]
    assert [kind for name, kind in kinds if name == "case-step" and kind not in RULES] == []
    assert [kind for name, kind in kinds if name != "case-step" and not group_of(kind)] == []


def test_every_line_is_for_roles_that_exist_and_every_word_is_used():
    lines = [text for text in texts()]
    lines += [item for text in texts() for key in LISTS for item in text.get(key, [])]
    assert {role for line in lines for role in line.get("roles", [])} - set(Role.values) == set()
    assert {word for text in texts() for word in text.get("words", [])} == set(shared_words())


def test_a_help_text_is_read_in_a_minute():
    long = {}
    for text in texts():
        for role in text.get("roles", Role.values):
            page, _, kind = text["pages"][0].partition(" ")
            told = help_for(page, kind or None, role)
            if told is not None and told["title"] == text["title"]:
                said = [*sentences(told), *(meaning for _word, meaning in told["words"])]
                long[text["title"], role] = sum(map(len, said))
    assert [key for key, length in long.items() if length > 650] == []


def test_the_lines_of_other_roles_are_left_out():
    assert [item["to"] for item in help_for("settings", None, "chair")["do"]] == ["出差几天"]
    assert help_for("record-list", "receptions", "officer")["title"] == "接待登记"
    assert help_for("record-list", "receptions", "clerk")["title"] == "台账的一张表"
    assert help_for("nowhere", None, "clerk") is None


@pytest.fixture
def ask(request, db):
    """A function that asks for a row's address as the first who may read it: (templates, page, its
    kind, the roles that may read it; None: nobody signed in).
    """

    def of(words):
        found = pairs(words).items()
        return {key: value_of(word, request.getfixturevalue) for key, word in found}

    def asked(row):
        arguments = of(row.arguments)
        names = [name for name, code in row.expected if code == 200]
        users = [None if name == "anonymous" else request.getfixturevalue(name) for name in names]
        client, form = Client(), urlencode(of(row.data))
        if users[0]:
            client.force_login(users[0], settings.AUTHENTICATION_BACKENDS[-1])
        address = reverse(row.name, kwargs=arguments)
        answer = client.generic(row.method, address, form, "application/x-www-form-urlencoded")
        page = b"".join(answer)  # a streamed file is read to its end
        kind = arguments.get("sheet") or arguments.get("step")
        return answer.templates, page, kind, [getattr(user, "role", None) for user in users]

    return asked


@pytest.mark.parametrize("row", readable, ids=str)
def test_every_page_in_the_frame_opens_its_own_help(row, ask):
    drawn, page, kind, roles = ask(row)
    if "base.html" not in {template.name for template in drawn} and row.name not in OPEN_PAGES:
        return
    assert [role for role in roles if help_for(row.name, kind, role) is None] == []
    page = page.decode()
    panel = page[page.index('<details class="help') :].split("</section>")[0]
    assert (page.count("data-help>"), panel.count("<h2")) == (1, 1)
    assert f"帮助：{help_for(row.name, kind, roles[0])['title']}</h2>" in panel
