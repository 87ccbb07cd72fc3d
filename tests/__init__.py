"""Tests of the whole: the house rules, the permission matrix, and the journeys in a browser."""
