"""Directing documents and their tasks, criteria sets, dated rules."""

from .criteria import CriteriaSet, Criterion, EvidenceSlot, SubjectKind
from .directives import Assignment, Directive, Task
from .movements import Movement
from .rules import Rule, RuleOverride

__all__ = [
    "Assignment",
    "CriteriaSet",
    "Criterion",
    "Directive",
    "EvidenceSlot",
    "Movement",
    "Rule",
    "RuleOverride",
    "SubjectKind",
    "Task",
]
