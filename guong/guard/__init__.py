"""Is this text, link or file what it claims to be? One scorer for imported, typed and edited text.

It knows no domain record: gazetteers are handed in. Next room: `units`.
"""
