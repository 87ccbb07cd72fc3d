"""Care for a recognised exemplar: visits, needs, the next date.

Its record is the `Visit`. Next: the figures of chapter C in `reporting`.
"""
