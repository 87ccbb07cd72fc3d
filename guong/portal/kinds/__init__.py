"""One file for each kind of page of the portal: `pages(site)` yields what it brings to a release."""

from . import cards, fixed, home, honours, stories

ALL = (home, stories, cards, honours, fixed)
