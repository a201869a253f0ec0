"""Tables of the life of a case."""

from suggestions.models.cases import (
    Case,
    CasePartLookups,
    Outcome,
    Proposer,
    part_of_case,
    works_for,
)
from suggestions.models.co_signing import Answer, CoSigning, NotReceived
from suggestions.models.course import CaseUnit, Standing, Step
from suggestions.models.drafts import EntryDraft
from suggestions.models.grams import CaseGram
from suggestions.models.links import CaseLink, LinkPurpose
from suggestions.models.notices import NoticeCursor
from suggestions.models.numbers import Counter
from suggestions.models.papers import Paper, PaperKind
from suggestions.models.raising import DraftSheet
from suggestions.models.reckoned import ReckonedBy
from suggestions.models.scans import ScanDrop

__all__ = [
    "Answer",
    "Case",
    "CaseGram",
    "CaseLink",
    "CasePartLookups",
    "CaseUnit",
    "CoSigning",
    "Counter",
    "DraftSheet",
    "EntryDraft",
    "LinkPurpose",
    "NotReceived",
    "NoticeCursor",
    "Outcome",
    "Paper",
    "PaperKind",
    "Proposer",
    "ReckonedBy",
    "ScanDrop",
    "Standing",
    "Step",
    "part_of_case",
    "works_for",
]
