"""All figures of this room."""

from deputies import figures_meetings, figures_people

FIGURES = (*figures_people.FIGURES, *figures_meetings.FIGURES)
