"""One file for each container of sound and film: `is_one(content)` by its first bytes, `walk(content)`
to its last, giving what may be kept. `walk` raises Refused.
"""
