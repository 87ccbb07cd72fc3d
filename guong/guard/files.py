"""What every refused file has in common."""


class Refused(Exception):
    """The file is not taken; the message says in Vietnamese why and what to do."""
