"""Honour rolls and who is entered in them, by two persons.

Its record is the `HonourEntry`. Next room: `portal`.
"""
