"""Is this somebody we know? Two small tables of keys, a verifier, and the words that explain it."""
