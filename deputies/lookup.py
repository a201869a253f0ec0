"""Finding a deputy by the name in a ledger cell: 姓名, or 姓名（备注） where two are called so."""

from collections import defaultdict

from congress.sheets.values import split_name


def canonical(load, text):
    """(name, "") of the one deputy of the load's township whom `text` names, as
    `load.pk("person", name)` wants it; (None, message) where nobody or more than one fits. A bare
    name that stands so in the roster, without a note, is that person."""
    if not text:
        return None, "没有写姓名"
    if load.knows("person", text):
        return text, ""
    name, note = split_name(text)
    fitting = namesakes(load, name)
    if len(fitting) == 1 and not note:
        return fitting[0], ""
    if not fitting:
        return None, f"代表名册里没有“{text}”，请核对姓名，或先在代表名册里加上"
    several = "、".join(fitting)
    if note:
        return None, f"代表名册里没有“{text}”，同名的有：{several}"
    return None, f"“{text}”有{len(fitting)}位，请写明是哪一位：{several}"


def namesakes(load, name):
    """The canonical names, in the records or in the file, of all deputies with this bare name."""
    if "namesakes" not in load.bag:
        found = defaultdict(set)
        for known in (*load.names("person"), *filter(None, load.coming("person"))):
            found[split_name(known)[0]].add(known)
        load.bag["namesakes"] = {bare: sorted(names) for bare, names in found.items()}
    return load.bag["namesakes"].get(name, [])


def settle(load, row, field):
    """Make the names of a cell canonical, each once; load.error: unknown, or it fits two."""
    value = row.values.get(field)
    if not value:
        return
    texts = value if isinstance(value, list) else [value]
    found = []
    for text in texts:
        name, message = canonical(load, text)
        if message:
            load.error(row, field, message)
        elif name not in found:
            found.append(name)
    if isinstance(value, list):
        row.values[field] = found
    elif found:
        row.values[field] = found[0]


def person_pks(load, names):
    """The keys of the persons of canonical names, in their order."""
    return [load.pk("person", name) for name in names or ()]
