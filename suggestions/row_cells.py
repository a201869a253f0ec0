"""Cells of the sheet 办理过程 that hold more than one thing: the units of a hand-over, and what a
reply promised. Reading what was written gives the same again.
"""

import re

GIVING = frozenset({"交办", "转办", "转交上级", "分办", "改办"})
REPLIES = frozenset({"答复", "再次答复"})
NOBODY = "无"
_HELPERS = re.compile(r"[（(]协办[:：](?P<names>[^（(]*(?:[（(][^）)]*[）)][^（(]*)*)[）)]$")
_PROMISE = re.compile(r"(?:^|\n)承诺事项：(?P<promise>[^\n]+)(?:\n责任人：(?P<by>[^\n]+))?$")


def units_text(leads, helpers):
    """The cell 单位 of a hand-over: `甲；乙（协办：丙；丁）`. `helpers` None: the step says nothing
    of them, they stay; an empty list: nobody helps any more, `甲（协办：无）`.
    """
    if helpers is None:
        return "；".join(leads)
    return f"{'；'.join(leads)}（协办：{'；'.join(helpers) or NOBODY}）"


def units_of(text):
    """(leads, co-units or None) that the cell 单位 of a hand-over names."""
    text, helpers = (text or "").strip(), None
    if found := _HELPERS.search(text):
        names = found["names"].strip()
        text, helpers = text[: found.start()], [] if names == NOBODY else _split(names)
    return _split(text), helpers


def _split(text):
    return [name.strip() for name in re.split("[；;]", text) if name.strip()]


def note_text(note, data):
    """The cell 说明 of a reply: its note, and below it what was promised and who answers for it."""
    lines = [note] if note else []
    if data.get("promise"):
        lines.append(f"承诺事项：{_one_line(data['promise'])}")
        if data.get("promise_by"):
            lines.append(f"责任人：{_one_line(data['promise_by'])}")
    return "\n".join(lines)


def note_of(text):
    """(note, {promise, promise_by}) that the cell 说明 of a reply holds."""
    text = text or ""
    found = _PROMISE.search(text)
    if found is None:
        return text, {}
    data = {"promise": found["promise"].strip(), "promise_by": (found["by"] or "").strip()}
    return text[: found.start()], {key: value for key, value in data.items() if value}


def _one_line(text):
    return "；".join(line.strip() for line in text.splitlines() if line.strip())
