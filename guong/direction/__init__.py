"""Directives and the tasks they give to units.

Its record is the `Directive`. Next room: `discovery`.
"""
