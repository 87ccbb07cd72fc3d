"""Figures counted from records, periods, reports, papers. It reads all rooms below.

Its record is the `PeriodicReport`. Next room: `portal`.
"""
