"""A unit puts an exemplar forward: the dossier, its completeness, its submission.

Its record is the `Nomination`. Next room: `appraisal`.
"""
