"""The newsroom: a story is written in Wagtail, looked at by the guard, approved by a second person.

Its record is the `StoryApproval`: the approved content itself. Next room: `portal`.
"""
