"""Gương: the rooms of the scheme, from a directive to a signed page and a figure."""
