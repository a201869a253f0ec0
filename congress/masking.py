"""Takes personal data out of a text that leaves the system: phone and identity numbers, e-mail,
street numbers, and the names of citizens whom the records know (personal data of classes S1 and
S3).

A name that no record holds cannot be known; the page says so to who publishes.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "masking.toml"
NAME, PHONE, IDENTITY, MAIL, ADDRESS = "姓名", "电话", "证件号码", "邮箱", "住址"
UNSEEN = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
# What people write between the digits of a number, and what hides there unseen.
GAP = rf"[\s\-‐-―_.,·•()/、。:;|~*+=\\{UNSEEN}]{{0,8}}"
# What may stand between the characters of a name: 阿依古丽·买买提, 阿依古丽•买买提, 王　芳.
DOTS = rf"[\s·•・‧∙⋅･․●.．\-{UNSEEN}]"
DOT = re.compile(DOTS)
DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
CHINESE_DIGITS = str.maketrans(
    "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸两", "00012345678911234567892362"
)
CHINESE = "".join(map(chr, CHINESE_DIGITS))
MARKS = {
    "GAP": GAP,
    "NEAR": rf"[\s\-‐-―_.·•/{UNSEEN}]{{0,3}}",
    "CHINESE": CHINESE,
    "BARE": r"(?!(?:19|20)\d\d[-./年])\d(?:[\s\-.·•]{0,3}\d){5,11}",
    "HOUSE": r"[\d一二三四五六七八九十百零〇]{1,6}(?:-\d{1,4})?",
    "STREET": "路|街|巷|弄|胡同|大道|组|村|屯|寨|小区|花园|公寓|家园|苑",
}
# Tried at each place of the text; the group n is what goes.
PATTERNS = (
    (IDENTITY, r"(?<!\d)(?=(?P<n>\d(?:GAP\d){16}GAP[\dXx])(?!\d))"),
    (IDENTITY, r"(?<!\d)(?=(?P<n>\d(?:GAP\d){14})(?!\d))"),
    (IDENTITY, r"(?<!\d)(?P<n>\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)"),
    (IDENTITY, r"(?<!\d)(?=(?P<n>[3-9](?:GAP\d){15})(?!\d))"),
    (IDENTITY, r"(?<!\d)(?=(?P<n>[3-9](?:GAP\d){16})(?!\d))"),
    (IDENTITY, r"(?<!\d)(?=(?P<n>[3-9](?:GAP\d){17})(?!\d))"),
    (IDENTITY, r"(?<!\d)(?=(?P<n>[3-9](?:GAP\d){18})(?!\d))"),
    (IDENTITY, r"(?<!\d)(?P<n>\d{12,}[Xx]?)"),
    (PHONE, r"(?<!\d)(?=(?P<n>(?:(?:\+|00)?8GAP6GAP)?1GAP[3-9](?:GAP\d){9})(?!\d))"),
    (PHONE, r"(?<!\d)(?=(?P<n>\(?0(?!\.\d)(?:GAP\d){2,3}GAP[2-9](?:GAP\d){6,7})(?!\d))"),
    (PHONE, r"(?<!\d)(?P<n>\d{11})(?!\d)"),
    (PHONE, r"(?:电话|手机|座机|联系方式|微信|QQ|[Tt]el)[^\d，。；]{0,8}(?P<n>BARE)"),
    (
        PHONE,
        r"(?:微信|QQ|V信|(?<![A-Za-z])[WwVv][Xx])(?:号码?|账号|帐号|ID|id)?[\s:：为是叫(\"“]{0,4}"
        r"(?P<n>[A-Za-z][A-Za-z0-9_-]{5,19})",
    ),
    (PHONE, r"(?P<n>[CHINESE](?:NEAR[CHINESE]){6,})"),
    (MAIL, r"(?P<n>[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"),
    (ADDRESS, r"(?P<n>\d+\s*[组栋幢弄巷]\s*\d+\s*(?:单元\s*\d+\s*)?[号室])"),
    (
        ADDRESS,
        r"(?:STREET)\s*(?P<n>HOUSE\s*(?:号|栋|幢|座|单元|室)(?:\s*HOUSE\s*(?:号|栋|幢|座|单元|楼|层|室))*"
        r"(?:\s*\d{3,4}(?![\d年月日人户元米个吨亩万%.]))?)",
    ),
)
# A text without any of these holds no number of a person: most titles.
WORTH_READING = re.compile(rf"[\d@号栋幢室]|QQ|微信|V信|[WwVv][Xx]|(?:[{CHINESE}]{GAP}){{7}}")
# Digits of both kinds in a row are read as one number: 138一二三四5678.
MIXED = re.compile(rf"[\d{CHINESE}](?:{GAP}[\d{CHINESE}]){{6,}}")
# A day of these years begins no number of a person; what follows it may.
DAY_OF_WORK = re.compile(r"(?<!\d)20\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
ENDS_IN_DIGIT = re.compile(rf"\d{GAP}\Z")
# An identity number holds a birthday; a row of dates with 18 digits in all does not.
BIRTHDAY = {18: rf"\d{{6}}(?:19|20)\d\d{DAY}\d{{3}}[\dX]", 15: rf"\d{{8}}{DAY}\d{{3}}"}
LONGEST_WITH_SURNAME = 5  # characters: a longer name begins with no surname of one
LONG_NAME = 3  # characters from which a name is looked for in every text of the township


@cache
def _words():
    """{"instead": {kind: text}, "names": {…}} of `data/masking.toml`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _compiled():
    found = []
    for kind, pattern in PATTERNS:
        for mark, text in MARKS.items():
            pattern = pattern.replace(mark, text)
        found.append((kind, re.compile(pattern)))
    return found


@dataclass(frozen=True)
class Masked:
    """A text cut into pieces (text, kind); kind "" stays, any other is what was taken out."""

    pieces: tuple = ()

    @property
    def text(self):
        """The text as it goes public."""
        instead = _words()["instead"]
        return "".join(instead[kind] if kind else text for text, kind in self.pieces)

    @property
    def taken(self):
        """[(text, kind)] of what was taken out."""
        return [piece for piece in self.pieces if piece[1]]


def folded(text):
    """The text in plain forms, character for character: １３８ → 138, ＠ → @."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    plain = ((letter, unicodedata.normalize("NFKC", letter)) for letter in text)
    return "".join(form if len(form) == 1 else letter for letter, form in plain)


@lru_cache(maxsize=4096)
def names_in(text):
    """The names of persons that a cell 提出人 holds: 张三、李四等12人 → 张三, 李四; what names
    nobody (群众) is left out."""
    plain = re.sub(r"等?[\d一二三四五六七八九十百]*\s*[余多]?(?:名|位|人|户)+$", "", folded(text))
    parts = (_bare(part)[0] for part in re.split(r"[、，,；;/()]|和|及|与", plain))
    kept = {part for part in parts if part and part not in _words()["names"]["nobody"]}
    # Of 阿依古丽·买买提 each part names the person as well.
    halves = [_bare(half)[0] for half in re.split(r"[·•・‧∙⋅･․●]", plain)]
    several = len(kept) == 1 and len(halves) > 1
    return frozenset(kept | {half for half in halves if several and len(half) > 1})


class Masker:
    """Masks the texts of one township. `citizens`: cells 提出人 of all its citizens; `deputies`:
    names of its deputies, which are public facts and stay."""

    def __init__(self, citizens=(), deputies=()):
        known = set().union(*map(names_in, citizens)) - {_bare(name)[0] for name in deputies}
        self.long = [name for name in known if len(name) >= LONG_NAME]
        self.short = [name for name in known if len(name) == LONG_NAME - 1]

    def mask(self, text, own=(), phone=""):
        """`text` in pieces. `own`: cells 提出人 of this very case, whose names go wherever they
        stand; `phone`: its 联系电话, which goes however it is spaced."""
        plain = folded(text)
        spans = [*_numbers(plain), *_own_phone(plain, phone), *self._names(plain, own)]
        return Masked(tuple(_pieces(text, spans)))

    def numbers_only(self, text):
        """A text of our own words in pieces: numbers of persons go, words that happen to be
        somebody's name stay."""
        return Masked(tuple(_pieces(text, _numbers(folded(text)))))

    def _names(self, plain, own):
        bare, places = _bare(plain)
        names = set().union(*map(names_in, own))
        spans = [span for name in names for span in _spans(name, bare)]
        spans += [span for name in self.long if name in bare for span in _spans(name, bare)]
        for name in self.short:
            spans += [span for span in _spans(name, bare) if _names_a_person(bare[: span[0]])]
        for start, end in spans:
            yield places[start], places[end - 1] + 1, NAME
        surnames = {name[0] for name in names if len(name) < LONGEST_WITH_SURNAME}
        for found in _forms_of_address().finditer(plain):
            if plain[: found.start()][-1:] in surnames:
                yield found.start() - 1, found.end(), NAME


def _bare(text):
    """The text in small letters without the dots and blanks that names are written with, and where
    each of its letters stood."""
    places = [at for at, letter in enumerate(text) if not DOT.match(letter)]
    small = (text[at].lower() for at in places)
    letters = (low if len(low) == 1 else text[at] for low, at in zip(small, places, strict=True))
    return "".join(letters), places


def _spans(name, bare):
    """Where a name stands in a bare text."""
    at = bare.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = bare.find(name, at + 1)


def _names_a_person(before):
    """Whether what stands before two characters says that they are a name: 村民高山."""
    return before.rstrip(":：").endswith(tuple(_words()["names"]["before_names"]))


@cache
def _forms_of_address():
    """王大爷, 王某 for a citizen 王…."""
    return re.compile("|".join(map(re.escape, _words()["names"]["forms_of_address"])))


def _numbers(plain):
    if not WORTH_READING.search(plain):
        return
    bare = _without_days(plain)
    read = MIXED.sub(lambda run: run[0].translate(CHINESE_DIGITS), bare)
    for text in dict.fromkeys((bare, read)):
        for kind, pattern in _compiled():
            for found in pattern.finditer(text):
                if kind != IDENTITY or _is_identity(found["n"]):
                    yield (*found.span("n"), kind)


def _without_days(plain):
    """The text, character for character, with letters for the days of work in it (2024-03-12): two
    of them and a number look like a telephone. A day behind further digits may be part of one.
    """
    pieces, end = [], 0
    for found in DAY_OF_WORK.finditer(plain):
        between = plain[end : found.start()]
        pieces += [between, found[0] if ENDS_IN_DIGIT.search(between) else "d" * len(found[0])]
        end = found.end()
    return "".join(pieces) + plain[end:]


def _is_identity(text):
    """A birthday inside, the check digit of a bank card, or a row of digits that is no row of
    dates."""
    digits = re.sub(r"[^\dXx]", "", text).upper()
    birthday = BIRTHDAY.get(len(digits))
    if birthday and re.fullmatch(birthday, digits):
        return True
    whole = r"\d{12,}[Xx]?|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?"
    return bool(re.fullmatch(whole, text)) or _is_card(digits)


def _is_card(digits):
    """Whether 16 to 19 digits are the number of a bank card (ISO/IEC 7812-1, annex B: Luhn)."""
    if not re.fullmatch(r"[3-9]\d{15,18}", digits):
        return False
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    rest = sum(int(digit) for digit in digits[::-2])
    return (rest + sum(each - 9 if each > 9 else each for each in doubled)) % 10 == 0


def _own_phone(plain, phone):
    for number in re.split(r"[、，,；;\s]+", folded(phone)):
        digits = re.sub(r"\D", "", number)
        if len(digits) > 4:
            for found in re.finditer(GAP.join(digits), plain):
                yield (*found.span(), PHONE)


def _pieces(text, spans):
    """The text cut at the spans (start, end, kind); those that overlap go as one."""
    merged = []
    for start, end, kind in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end, kind])
    at = 0
    for start, end, kind in merged:
        if at < start:
            yield text[at:start], ""
        yield text[start:end], kind
        at = end
    if at < len(text):
        yield text[at:], ""
