"""Directives and the tasks they give to units; emulation movements.

Its records are the `Directive` and the `Movement`. Next room: `discovery`.
"""
