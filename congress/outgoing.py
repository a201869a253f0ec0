"""What became of a message that was to leave the system."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`word`: sent; later (certainly not delivered, another try may help); refused (certainly not
    delivered, none will); unknown (it may have arrived: never tried again). `reason`: in Chinese.
    """

    word: str
    reason: str = ""


def sent():
    return Outcome("sent")


def try_later(reason):
    return Outcome("later", reason[:300])


def refused(reason):
    return Outcome("refused", reason[:300])


def unknown(reason):
    return Outcome("unknown", reason[:300])


def in_words(fault):
    """What went wrong on the line, as a person reads it."""
    return "等了太久没有应答" if isinstance(fault, TimeoutError) else str(fault)
