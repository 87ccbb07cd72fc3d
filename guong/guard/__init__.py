"""Guard: is this text, link or file what it claims to be?"""
