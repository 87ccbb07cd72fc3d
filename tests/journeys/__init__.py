"""Journeys: people at work in a real browser, against a real `guong run` on a scratch home.

What was stored is asked with `guong … --json`, never with the ORM. Steps are found by the words
on the screen, so a journey is a test of the words too.
"""
