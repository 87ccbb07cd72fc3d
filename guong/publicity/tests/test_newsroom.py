"""What an editor reads in Wagtail is Vietnamese, down to the words for screen readers."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from guong.publicity import actions
from guong.publicity.newsroom import EDITORS
from guong.publicity.tests.factories import drafted, editor, jpeg

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
SAME_IN_BOTH = {"%s MB", "%s KB"}


@pytest.fixture
def untranslated(monkeypatch):
    """Every text that was asked for while the test ran and came back in English."""
    met = set()

    def watch(name, position):
        plain = getattr(translation._trans, name)

        def watched(*words):
            answer = plain(*words)
            if answer == words[position] and re.search("[A-Za-z]{2}", answer):
                met.add(answer)
            return answer

        monkeypatch.setattr(translation._trans, name, watched, raising=False)

    for name, position in (("gettext", 0), ("ngettext", 0), ("pgettext", 1)):
        watch(name, position)
    return met


def login(client, writer):
    # What units.actions.grant does with the function.
    writer.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(writer, backend="guong.units.backends.AccountBackend")


# Wagtail leaves the pictures it has made smaller to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_newsroom_speaks_vietnamese(client, untranslated):
    writer = editor()
    page = drafted(writer, picture=jpeg(), picture_alt="Vườn", picture_source="Tác giả")
    picture = page.picture
    actions.revise(
        page=page, by=writer, steps=[("step", {"text": "Đào luống.", "picture": picture})]
    )
    login(client, writer)
    untranslated.clear()

    places = [
        "",
        f"pages/{page.get_parent().pk}/",
        f"pages/{page.pk}/edit/",
        f"pages/{page.pk}/history/",
        f"pages/{page.pk}/usage/",
        "pages/search/?q=a",
        "choose-page/",
        "choose-external-link/",
        "choose-email-link/",
        "images/",
        "images/chooser/",
        "images/add/",
        "images/multiple/add/",
        f"images/{picture.pk}/",
    ]
    answers = {place: client.get(f"/newsroom/{place}").status_code for place in places}
    client.post(f"/newsroom/pages/{page.pk}/edit/", {"title": "", "steps-count": "0"})

    assert set(answers.values()) == {200}
    assert untranslated - SAME_IN_BOTH == set()


def test_the_words_of_wagtail_s_scripts_are_ours(client):
    login(client, editor())

    catalogue = client.get("/newsroom/jsi18n/").content.decode()

    assert json.dumps("Đang tự lưu…") in catalogue


def test_the_compiled_words_are_those_that_are_written():
    spec = importlib.util.spec_from_file_location("words", ROOT / "scripts" / "newsroom_words.py")
    words = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(words)

    stale = [
        found.name
        for found in words.WORDS
        if found.with_suffix(".mo").read_bytes() != words.compiled(found)
    ]

    assert (len(words.WORDS), stale) == (2, [])
