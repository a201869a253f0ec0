"""The ground that every room stands on."""

from congress.models.audit import AuditEntry
from congress.models.devices import Device, PersonalLink
from congress.models.holidays import HolidayDay
from congress.models.jobs import Job
from congress.models.notices import Channel, Delivery, Notice, NoticeAddress
from congress.models.passwords import PasswordHistory
from congress.models.places import Place, PlaceFact
from congress.models.stations import Station
from congress.models.substitutes import Substitute
from congress.models.terms import Term
from congress.models.units import Unit, UnitAlias
from congress.models.users import User
from congress.models.words import Setting, Word

__all__ = [
    "AuditEntry",
    "Channel",
    "Delivery",
    "Device",
    "HolidayDay",
    "Job",
    "Notice",
    "NoticeAddress",
    "PasswordHistory",
    "PersonalLink",
    "Place",
    "PlaceFact",
    "Setting",
    "Station",
    "Substitute",
    "Term",
    "Unit",
    "UnitAlias",
    "User",
    "Word",
]
