"""What a figure is: one declaration serves its value, its rows, its breakdowns and its filters."""

from congress.figures.definition import (
    Base,
    Beside,
    Context,
    Count,
    Dimension,
    Distinct,
    Figure,
    Median,
    Part,
    Result,
    Sum,
)
from congress.figures.runner import evaluate, rows_behind

__all__ = [
    "Base",
    "Beside",
    "Context",
    "Count",
    "Dimension",
    "Distinct",
    "Figure",
    "Median",
    "Part",
    "Result",
    "Sum",
    "evaluate",
    "rows_behind",
]
