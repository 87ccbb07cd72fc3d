"""Who has taken over whose way of working: the adoption ledger.

Its record is the `Adoption`. Next: the figures of chapter E in `reporting`.
"""
