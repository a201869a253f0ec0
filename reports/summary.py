"""Composing a summary: outline, place, period and figures → a draft, the same from the same.

A sentence whose numbers are all nothing leaves itself out, then a point or paragraph whose
sentences with numbers have all gone, then a heading under which nothing is left; numbering follows
what remains.
"""

from dataclasses import dataclass, field, replace

from congress.period import Period, chinese_day
from reports import prose, writings
from reports.draft import Block, Draft, PersonPart, Text
from reports.outline_syntax import vocabulary
from reports.outline_tree import Clause, Person, Placeholder, Word


def compose(outline, place, period, evaluate, term_start=None):
    """The draft of `outline` (from `load_outline`) for a place over a period.

    `evaluate(period, keys, filters)` → {key: Result} is called once for each pair of period and
    filters; filters are {name: (value, …)}. `term_start`: first day of the term, for sentences on
    换届以来; PeriodError where it lacks.
    """
    periods = {"": period}
    for sentence in outline.sentences():
        if sentence.period not in periods:
            periods[sentence.period] = sentence_period(sentence.period, period, term_start)
    writer = Writer(_words(place, period), periods, _evaluated(outline, periods, evaluate))
    return Draft(
        outline_key=outline.key,
        outline_name=outline.name,
        title=writer.plain(outline.title),
        subtitle=writer.plain(outline.subtitle),
        signature=writer.plain(outline.signature),
        place_name=place.name,
        period=period,
        blocks=tuple(_blocks(outline, writer)),
    )


def sentence_period(name, period, term_start=None):
    """The period that a sentence names (今年以来, 上半年), seen from the last day of the summary's
    own period."""
    spans = vocabulary()["periods"]
    name = spans[name].format(year=period.end.year) if name in spans else name
    named = Period.preset(name, period.end, term_start)
    return replace(named, end=min(named.end, period.end), as_of=period.as_of)


def _words(place, period):
    return {
        "地方": place.name,
        "乡镇": prose.place_kind(place.name),
        "期间": period.label,
        "起止": period.text(),
        "截至": chinese_day(period.as_of),
    }


def _evaluated(outline, periods, evaluate):
    """{(name of the period, filters, key): Result}, one evaluation for each pair of period and
    filters."""
    asked = {}
    for sentence in outline.sentences():
        for found in sentence.placeholders():
            asked.setdefault((sentence.period, found.filters), set()).add(found.key)
    results = {}
    for (name, filters), keys in asked.items():
        evaluated = evaluate(periods[name], sorted(keys), dict(filters))
        results |= {(name, filters, key): evaluated.get(key) for key in keys}
    return results


@dataclass
class Rendered:
    """Runs of text, how many figures they asked for, how many were something, and whether one had
    no number."""

    runs: list = field(default_factory=list)
    asked: int = 0
    found: int = 0
    null: bool = False
    size: float = 0

    @property
    def stays(self):
        """Whether the part is worth saying: it asked for nothing, or something was found and all
        could be printed."""
        return not self.asked or (self.found > 0 and not self.null)

    def add(self, runs, asked=0, found=0, null=False):
        """Take in further runs; `null` only of numbers that stand outside a clause."""
        self.runs += runs
        self.asked, self.found, self.null = (
            self.asked + asked,
            self.found + found,
            self.null or null,
        )


class Writer:
    """Turns nodes into runs with the results at hand."""

    def __init__(self, words, periods, results):
        self.words, self.periods, self.results = words, periods, results

    def plain(self, nodes):
        """Nodes without figures (title, heading, signature) as text."""
        return "".join(run.text for run in self.render(nodes, "").runs)

    def render(self, nodes, period_name):
        """The nodes of a sentence or clause whose period has that name."""
        rendered = Rendered()
        for node in nodes:
            if isinstance(node, Placeholder):
                self._figure(node, period_name, rendered)
            elif isinstance(node, Clause):
                self._clause(node, period_name, rendered)
            else:
                rendered.add([self._run(node)])
        return rendered

    def _run(self, node):
        if isinstance(node, Person):
            return PersonPart(f"【{node.text}】")
        return Text(self.words[node.name] if isinstance(node, Word) else node.text)

    def _figure(self, node, period_name, rendered):
        result = self.results[period_name, node.filters, node.key]
        written = writings.write(node, result, self.periods[period_name])
        rendered.size = rendered.size or written.size
        rendered.add(written.runs, 1, not written.nothing, written.null)

    def _clause(self, clause, period_name, rendered):
        members = [self.render(member, period_name) for member in clause.members]
        asked = sum(member.asked for member in members)
        found = sum(member.found for member in members if member.stays)
        kept = [member for member in members if member.stays]
        if clause.style == "大者先":
            kept.sort(
                key=lambda member: (member.runs[0].text.startswith(writings.REST), -member.size)
            )
        for place, member in enumerate(kept):
            link = "和" if place == len(kept) - 1 else "、"
            rendered.add([Text(link), *member.runs] if place else member.runs)
        rendered.add([], asked, found)


def _blocks(outline, writer):
    """Headings and paragraphs in order; a heading stays while something stands before the next of
    its level."""
    counts, waiting = {}, []
    for section in outline.sections:
        waiting = [heading for heading in waiting if heading.level < section.level]
        if section.level:
            waiting.append(section)
        blocks = _section_blocks(section, writer)
        if blocks:
            for heading in waiting:
                yield _heading(heading, outline.levels, counts, writer)
            waiting = []
        yield from blocks


def _heading(section, levels, counts, writer):
    counts[section.level] = counts.get(section.level, 0) + 1
    for deeper in [level for level in counts if level > section.level]:
        del counts[deeper]
    pattern = levels[section.level - 1]
    number = counts[section.level]
    mark = pattern.replace("一", prose.chinese_number(number)).replace("1", str(number))
    return Block("heading", ((Text(mark + writer.plain(section.heading)),),), section.level)


def _section_blocks(section, writer):
    paragraphs = [
        (paragraph.chained, [kept for point in paragraph.points if (kept := _kept(point, writer))])
        for paragraph in section.paragraphs
    ]
    chain = [points for chained, points in paragraphs if chained and points]
    blocks, counted = [], 0
    for chained, points in paragraphs:
        start = counted if chained else 0
        counted += bool(chained and points)
        total = len(chain) if chained else sum(numbered for numbered, _ in points)
        blocks += _paragraph_blocks(_numbered(points, start, total))
    return blocks


def _kept(point, writer):
    """(numbered, sentences as runs) of a point, or None where all its sentences with numbers left
    themselves out."""
    sentences, counting, kept_counting = [], False, False
    for sentence in point.sentences:
        rendered = writer.render(sentence.nodes, sentence.period)
        stays = rendered.stays or sentence.required
        counting |= bool(rendered.asked)
        kept_counting |= stays and bool(rendered.asked or sentence.required)
        if stays:
            sentences.append(tuple(rendered.runs))
    return (point.numbered, sentences) if kept_counting or not counting else None


def _numbered(points, start, total):
    """The sentences of all points, each numbered one begun by 一是 unless it stayed alone."""
    sentences, number = [], start
    for numbered, found in points:
        number += numbered
        mark = (Text(f"{prose.chinese_number(number)}是"),) if numbered and total > 1 else ()
        sentences += [mark + found[0], *found[1:]]
    return sentences


def _paragraph_blocks(sentences):
    """Blocks of one paragraph; a sentence that only a person can write stands as a block of its
    own."""
    blocks, running = [], []
    for sentence in sentences:
        if all(run.kind == "person" for run in sentence):
            blocks += [Block("paragraph", tuple(running))] if running else []
            blocks.append(Block("person", (sentence,)))
            running = []
        else:
            running.append(sentence)
    return blocks + ([Block("paragraph", tuple(running))] if running else [])
