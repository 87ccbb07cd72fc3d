"""Verification on the spot, claim by claim, by somebody who did not introduce.

Its record is the `Verification`. Consultation and council join here. Next room: `recognition`.
"""
