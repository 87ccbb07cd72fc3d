"""Plumbing under every room: states, journal, staging, files, papers, queue, calendar, Vietnamese text.

It knows no word of the scheme; the rooms above give it theirs.
"""
