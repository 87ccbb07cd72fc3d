"""The release: what the province shows is rendered, signed, published, served and repaired here.

Its record is the `ReleaseRecord`; it also sorts what the drop box has taken in.
"""
