"""The one door through which a permission is asked."""

import rules
from django.core.exceptions import PermissionDenied


def require(user, permission: str, obj=None) -> None:
    """Raise PermissionDenied, naming the permission, unless the user holds it."""
    if not rules.perm_exists(permission):
        raise LookupError(f"No policy is registered under {permission!r}")
    if not user.has_perm(permission, obj):
        raise PermissionDenied(permission)
