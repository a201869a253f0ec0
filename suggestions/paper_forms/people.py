"""Who raised a case, as a form names them."""

from congress.crypto import mask_phone
from congress.ledger_words import Level
from suggestions.words import Origin

NAMED = 3  # so many co-signers are named in one cell; of more the first and their number


def name_of(proposer):
    """The name alone: a note that tells namesakes apart is not for paper."""
    return proposer.person.name if proposer.person else proposer.name


def card_of(proposer):
    """The number of the deputy's card (代表证号), of the latest township seat."""
    if proposer.person is None:
        return ""
    seats = [row for row in proposer.person.mandates.all() if row.level == Level.TOWNSHIP]
    return max(seats, key=lambda row: row.starts).card_number if seats else ""


def phone_of(proposer, case, phones):
    """The phone number; masked where `phones` is not set."""
    text = proposer.person.phone if proposer.person else ""
    if not text and proposer.order == 0:
        text = case.phone
    return text if phones else mask_phone(text)


def address_of(proposer):
    """Place of work, or the village."""
    person = proposer.person
    if person is None:
        return ""
    return person.work or (person.village.name if person.village else "")


def people_facts(case, standing, phones):
    """The facts about who raised a case: {word of forms.toml: text}, and its co-signers' rows."""
    proposers = list(case.proposers.all())
    lead, others = (proposers[0] if proposers else None), proposers[1:]
    names = [name_of(each) for each in proposers]
    citizen = standing.origin == Origin.CITIZEN
    rows = [
        {"name": name_of(each), "card": card_of(each), "phone": phone_of(each, case, phones)}
        for each in others
    ]
    facts = {
        "lead_label": "提出人" if citizen else "领衔代表",
        "lead_word": "提出人" if citizen else "领衔代表",
        "others_label": "一同反映" if citizen else "附议代表",
        "signer": "提出人" if citizen else "代表",
        "lead": names[0] if names else "",
        "lead_card": card_of(lead) if lead else "",
        "lead_phone": phone_of(lead, case, phones) if lead else "",
        "lead_address": address_of(lead) if lead else "",
        "cosigners": named(names[1:]) or "无",
        "others": "、".join(names[1:]) or "无",
        "proposers": names,
    }
    return facts, rows


def named(names):
    """Some names in one cell: 赖金福、王芳; of many the first and their number: 赖金福等4人."""
    return "、".join(names) if len(names) <= NAMED else f"{names[0]}等{len(names)}人"
