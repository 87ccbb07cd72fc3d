"""How the permission matrix gets a record for an address with parameters.

Each function takes a unit and returns what the address needs (`{"pk": …}`) for a record of that
unit, made with the room's own factories and in the state in which the verb is possible.
"""

from collections.abc import Callable

MAKERS: dict[str, Callable] = {}


def record(*names: str):
    """Say that the addresses of these URL names take the record the function makes."""

    def remember(maker: Callable) -> Callable:
        for name in names:
            if name in MAKERS:
                raise LookupError(f"{name} has a maker already.")
            MAKERS[name] = maker
        return maker

    return remember


# --- units ---
@record("units:account", "units:invite", "units:grant", "units:end_account")
def an_account(unit) -> dict:
    from guong.units.tests.factories import UserFactory

    return {"pk": UserFactory(unit=unit).pk}


@record("units:end_mandate")
def a_mandate(unit) -> dict:
    from guong.units.tests.factories import MandateFactory, UserFactory

    return {"pk": MandateFactory(user=UserFactory(unit=unit), unit=unit).pk}
