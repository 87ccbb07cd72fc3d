"""Who is meant by what somebody typed before they are known."""

from .models import User


def account_named(username: str) -> User | None:
    """The account of that name, whoever asks; pages must answer the same for known and unknown."""
    return User.objects.filter(username=username.strip().lower()).first()
