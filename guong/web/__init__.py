"""The shell of the workspace: base templates, navigation, «Hôm nay», the life record, quick search.

It keeps no record of its own; it shows those of every room below on pages that belong to none.
"""
