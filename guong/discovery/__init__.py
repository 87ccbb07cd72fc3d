"""Everything that comes from outside: leads of units, citizens and press, and the answer to each.

Its record is the `Lead`. Next room: `nomination`.
"""
