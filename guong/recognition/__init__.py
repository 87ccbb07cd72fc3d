"""The decision: number, date, signatory, revocation.

Its record is the `Decision`. Next rooms: nurturing, publicity, replication, honours.
"""
