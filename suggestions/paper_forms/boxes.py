"""Boxes to tick, ticked as far as the record knows."""

from suggestions.words import STATED, ContactForm, Satisfaction

EMPTY, TICKED = "□", "☑"
GAP = "　　"


def boxes(words, chosen=()):
    """□座谈　　☑登门 …"""
    return GAP.join(f"{TICKED if word in chosen else EMPTY}{word}" for word in words)


def contact_boxes(step):
    """How the unit talked with the deputy, by its last 面商 step."""
    form = (step.data.get("form") or "") if step else ""
    who = f"（{step.data['who']}，{step.on:%Y-%m-%d}）" if step and step.data.get("who") else ""
    return boxes((*ContactForm.values, "没有联系"), {form}) + who


def judgement_boxes(chosen):
    """满意, 基本满意, 不满意: a judgement without pressure is none ticked beforehand."""
    return boxes([word for word in Satisfaction.values if word in STATED], {chosen})
