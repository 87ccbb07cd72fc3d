"""Inspections of units: a checklist pre-filled with figures, answers, findings.

Its record is the `Inspection`. Next room: `reporting`, which opens checklists with its figures.
"""
