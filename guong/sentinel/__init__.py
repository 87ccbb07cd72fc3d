"""The sentinel: is this page ours, unchanged, and as new as it should be? Runs anywhere else.

Pure Python and `tuf`, nothing of the office; `scripts/build_verifier.py` makes one file of it.
Its record is the `Finding`; `verify` asks once, `watch` goes round everything.
"""
