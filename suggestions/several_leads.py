"""Of several lead units each replies; the case is answered when none of them owes a reply any more:
because the last one replied, or because those that had not are off the case.
"""


def replying(moment, unit):
    """What a first reply of `unit` says of the leads that still owe one."""
    if len(moment.leads) < 2 or unit is None:
        return {}
    replied = {step.unit_id for step in moment.steps if step.name == "答复"}
    awaited = [lead for lead in moment.leads if lead not in replied | {unit}]
    return {"awaits": awaited} if awaited else {}


def returning(moment, unit):
    """What a return by `unit` says of the other leads, which go on."""
    others = [lead for lead in moment.leads if lead != unit]
    if unit not in moment.leads or not others:
        return {}
    return {"rest": True} | _answered(moment, others)


def leaving(moment, unit, data):
    """What giving the case to `unit`, or to the leads in `data`, says where that takes leads off it
    and puts none on.
    """
    kept = data.get("leads") or [unit]
    return _answered(moment, kept) if set(kept) < set(moment.leads) else {}


def _answered(moment, leads):
    """Those that stay are not asked again for the letter that they sent."""
    return {"answered": True} if moment.replied_in_round.issuperset(leads) else {}
