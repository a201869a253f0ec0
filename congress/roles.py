"""The eight roles, and the groups of roles that rules speak of."""

from django.db import models


class Role(models.TextChoices):
    """What a user is at their place."""

    SYSADMIN = "sysadmin", "系统管理员"
    COUNTY = "county", "县人大工作人员"
    CLERK = "clerk", "乡镇人大干事"
    CHAIR = "chair", "乡镇人大主席"
    OFFICER = "officer", "联络站联络员"
    GOVERNMENT = "government", "政府办经办人"
    UNIT = "unit", "承办单位经办人"
    DEPUTY = "deputy", "人大代表"


OPERATOR_ROLE = "operator"
# 三员分离: the system administrator keeps accounts and settings and sees no business data.
BUSINESS_ROLES = frozenset({Role.COUNTY, Role.CLERK, Role.CHAIR, Role.OFFICER})
GROUND_ROLES = BUSINESS_ROLES | {Role.SYSADMIN}
OFFICE_ROLES = frozenset({Role.COUNTY, Role.CLERK, Role.CHAIR})
WRITING_ROLES = frozenset({Role.CLERK, Role.CHAIR})
