"""Leads from every mouth, letters from the portal, the press that is watched, who owns a lead."""

from .keeping import Keeping
from .leads import ANSWERED_WITHIN, Lead, LeadAnswer, Letter
from .press import PressItem, PressSource
from .routes import Route

__all__ = [
    "ANSWERED_WITHIN",
    "Keeping",
    "Lead",
    "LeadAnswer",
    "Letter",
    "PressItem",
    "PressSource",
    "Route",
]
