"""Gương: how a province finds, proves, recognises, tells and spreads its exemplars.

The rooms are the stages of the scheme, in its order; imports go down only (docs/adr/0001).
"""
