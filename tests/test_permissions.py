"""The permission matrix: every address, every method, every function, own and other unit.

`permissions.yaml` says what is expected and how it is written; `tests/matrix.py` makes the records.
"""

from copy import copy
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from guong.core.signing import ceremonies
from guong.units.models import Mandate
from guong.units.tests.factories import UnitFactory, UserFactory
from tests import matrix_upper  # noqa: F401 - its makers register themselves
from tests.matrix import MAKERS

MATRIX = yaml.safe_load((Path(__file__).parents[1] / "permissions.yaml").read_text("utf-8"))
FUNCTIONS = [*Mandate.Function.values, "nobody"]
LOGIN = "/accounts/login/"


# --- Nothing is forgotten ---------------------------------------------------
def addresses(patterns, path="/", namespace=""):
    """Every URL name with its path, through all that is included."""
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, here, inner)
        else:
            yield (namespace + pattern.name if pattern.name else here), here


def is_below_a_prefix(path: str) -> bool:
    return any(key.startswith("/") and path.startswith(key) for key in MATRIX)


def test_every_address_stands_in_the_matrix_and_nothing_else_does():
    there = dict(addresses(get_resolver().url_patterns))
    named = {key for key in MATRIX if not key.startswith("/")}

    unlisted = {name for name, path in there.items() if not is_below_a_prefix(path)} - named
    assert (sorted(unlisted), sorted(named - set(there))) == ([], [])


def test_every_function_in_the_matrix_is_one():
    known = {*FUNCTIONS, "anonymous", "*"} - {"nobody"}
    named = {who for line in MATRIX.values() for answers in line.values() for who in answers}

    assert named - known == set()


# --- Every line is asked ----------------------------------------------------
@pytest.fixture(scope="module", autouse=True)
def signing_keys():
    """A home has keys from its first day, see `guong init`."""
    ceremonies.make_test_keys(settings.HOME)


@pytest.fixture
def places():
    """Two units next to each other: the person's own, and another."""
    return UnitFactory(), UnitFactory()


@pytest.fixture
def people(places):
    """One account a function, and one without any; all of the first unit."""
    own, _ = places
    found = {name: UserFactory(unit=own, function=name) for name in Mandate.Function.values}
    for name, user in found.items():  # as `units.actions.grant` does
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    return found | {"nobody": UserFactory(unit=own)}


def address(name: str, unit) -> str:
    """The address of the name; one with parameters gets a record of the unit."""
    if name.startswith("/"):
        return name
    if name in MAKERS:
        return reverse(name, kwargs=MAKERS[name](unit))
    try:
        return reverse(name)
    except NoReverseMatch:
        pytest.fail(f"{name} takes parameters: tests/matrix.py needs a maker for it.")


def logged_in(user) -> SimpleCookie:
    """What the browser of the person holds from now on."""
    client = Client()
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return client.cookies


def ask(method: str, url: str, cookies: SimpleCookie | None = None) -> int | str:
    """The status one request gets; whatever it changes is undone."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if cookies is not None:
            client.cookies = copy(cookies)
        response = client.generic(method, url)
        if response.streaming:
            b"".join(response)  # read to its end, a download closes its file
        transaction.set_rollback(True)
    if response.status_code == 302 and cookies is None:
        return 302 if response["Location"].startswith(LOGIN) else f"302 to {response['Location']}"
    if response.status_code == 500:
        return f"500 {response.exc_info[1]!r}" if getattr(response, "exc_info", None) else "500"
    return response.status_code


def expected(answers: dict, who: str) -> list:
    """What own and other unit get; `'*'` for whoever is not named."""
    status = answers.get(who, 302 if who == "anonymous" else answers.get("*"))
    return status if isinstance(status, list) else [status, status]


@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.django_db(databases=["default", "intake"])
def test_each_person_gets_the_answer_of_the_matrix(name, places, people):
    urls = [address(name, unit) for unit in places]
    urls = urls if urls[0] != urls[1] else urls[:1]
    askers = {who: logged_in(user) for who, user in people.items()} | {"anonymous": None}

    wrong = {}
    for method, answers in MATRIX[name].items():
        for who, cookies in askers.items():
            got = [ask(method, url, cookies) for url in urls]
            if got != expected(answers, who)[: len(urls)]:
                wrong[f"{method} {who}"] = f"{got}, the matrix says {expected(answers, who)}"
    assert wrong == {}


@pytest.mark.parametrize("name", [key for key in MATRIX if not key.startswith("/")])
@pytest.mark.django_db(databases=["default", "intake"])
def test_a_method_that_is_not_listed_is_not_answered(name, places):
    somebody = logged_in(UserFactory(unit=places[0], function="administrator"))
    closed = {"GET", "POST"} - set(MATRIX[name])

    answers = {method: ask(method, address(name, places[0]), somebody) for method in closed}

    assert answers == dict.fromkeys(closed, 405)
