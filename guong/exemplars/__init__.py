"""The person, household, collective or model: identity, claims, evidence, consents, holds.

Its record is the `Exemplar`. It has no workflow: upper rooms write through its actions.
"""
