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
    """What a return by `unit` says of the other leads, which go on. Whoever handed the case out
    says who takes the part that came back, or that nobody does.
    """
    goes_on = unit in moment.leads and len(moment.leads) > 1
    return {"rest": True} if goes_on else {}


def one_gave_back(moment):
    """Whether a lead gave its part back since the case was last handed out."""
    return any(step.name == "退回" for step in moment.since_distributed())


def leaving(moment, unit, data):
    """What giving the case to `unit`, or to the leads in `data`, says where that puts none on it
    and all who stay have replied: they are not asked again for the letter that they sent.
    """
    kept = set(data.get("leads") or [unit])
    answered = kept <= set(moment.leads) and moment.replied_in_round >= kept
    return {"answered": True} if answered else {}
