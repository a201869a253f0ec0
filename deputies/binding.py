"""How a row of a sheet becomes a record here: one filling, for new rows and for changed ones."""

from congress.ledger_words import CODE_DIGITS, Level
from congress.models import Term
from congress.place_tree import ensure_place
from congress.sheets.tables import Table

BATCH = 500
KEPT = ("place", "entered_at", "entered_by")


class FilledTable(Table):
    """A table whose records are filled from a row's values, and whose children follow."""

    def fill(self, load, record, values, row):
        """Set the columns of a record from the values of its row."""
        raise NotImplementedError

    def write_children(self, load, filled):
        """Write what hangs on the records: [(record, values, names of the fields to write)]."""

    def value(self, values, name):
        """A value as a column holds it: what the rule calls empty where there is none."""
        value = values.get(name)
        return self.sheet.column(name).rule.empty() if value is None else value

    def copy(self, record, values, *names):
        """Set columns of the record that are called as the fields of the sheet."""
        for name in names:
            setattr(record, name, self.value(values, name))

    def create(self, load, rows):
        """Insert the records of new rows."""
        records = [
            self.model(place=load.place, entered_by=load.author, entered_at=load.now) for _ in rows
        ]
        for record, row in zip(records, rows, strict=True):
            self.fill(load, record, row.values, row)
        self.model._base_manager.bulk_create(records, batch_size=BATCH)
        for record, row in zip(records, rows, strict=True):
            load.made(row, record)
        filled = [
            (record, row.values, frozenset(row.values))
            for record, row in zip(records, rows, strict=True)
        ]
        self.write_children(load, filled)

    def update(self, load, changes):
        """Write changed rows; the version of each record goes up."""
        for change in changes:
            self.fill(load, change.record, change.after, change.row)
            change.record.version += 1
        names = [
            field.name
            for field in self.model._meta.concrete_fields
            if not field.primary_key and field.name not in KEPT
        ]
        records = [change.record for change in changes]
        self.model._base_manager.bulk_update(records, names, batch_size=100)
        self.write_children(load, [(c.record, c.after, c.fields) for c in changes])
        for change in changes:
            load.changed(change)


def header(row, field):
    """The header of a field, for messages."""
    return row.sheet.column(field).header


def refuse_disorder(load, row, values, *pairs):
    """load.error for each (later, earlier) pair of days that stand the wrong way round."""
    for later, earlier in pairs:
        if values.get(later) and values.get(earlier) and values[later] < values[earlier]:
            day = f"{values[earlier]:%Y-%m-%d}"
            message = f"{header(row, later)}早于{header(row, earlier)}{day}，请核对"
            load.error(row, later, message)


def own_level(place):
    """The level of the congress of a place: a township's is 乡镇, a county's is 县."""
    return Level(place.level)


def code_of_level(code, level):
    """The code of the place over `code` whose congress is of that level; 全国: the province."""
    return code[: CODE_DIGITS[level] or CODE_DIGITS[Level.PROVINCE]]


def meet_term(load, row, field, level):
    """Meet a term's name in a cell; an unknown one will be made without dates."""
    name = row.values.get(field)
    if not name or not level or load.knows("term", (level, name)):
        return
    load.coming("term").add((level, name))
    load.finding(row, field, f"届次表里没有{level}“{name}”，已按没有起止日期加入，请补上开始日期")


def term_pk(load, level, name, row):
    """The key of the term of that level and name over the load's place, made where missing."""
    known = load.names("term")
    if (level, name) not in known:
        term = Term(
            place=place_of_level(load, level), level=level, name=name, entered_by=load.author
        )
        term.save()
        known[level, name] = term.pk
        load.made(row, term, "add")
        load.traces.insert(
            0, load.traces.pop()
        )  # undo takes the term away after all that stand in it
    return known[level, name]


def place_of_level(load, level):
    """The place whose congress of that level the load's place sends deputies to."""
    code = code_of_level(load.place.code, level)
    return load.place if code == load.place.code else ensure_place(code)
