"""Drop box: the few paths of the portal that answer: search, forms, counter.

It can append and nothing else: a submission is one row and its files in the spool; reading and
emptying them is the office's work. It knows no room, only how Vietnamese is written. Next room:
the portal sorts what came in and hands it down.
"""
