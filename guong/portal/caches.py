"""Pictures and cards drawn once and kept: each lies under the hash its address begins with."""

from django.conf import settings


def forget_all_but(standing: set[str]) -> None:
    """Delete what is at no address of the portal any more; whatever still waits is drawn again."""
    folder = settings.HOME / "cache"
    for path in folder.glob("pictures/*"):
        if f"/anh/{path.name[:16]}{path.name[64:]}" not in standing:
            path.unlink(missing_ok=True)
    for path in folder.glob("sharecards/*"):
        if f"/anh/the-{path.name[:16]}.png" not in standing:
            path.unlink(missing_ok=True)
