"""Units: who and where. Bodies and communes as a tree with dates, people, the functions they hold.

Its record is the `Unit`; every other room hangs its rows on one. Next room: `direction`.
"""
