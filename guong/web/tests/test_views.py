import io
import json

import pytest
from django.urls import reverse

from guong.core import calendar, files, journal
from guong.core.models import JournalEntry
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import (
    ConflictFactory,
    ConsentFactory,
    EvidenceFactory,
    ExemplarFactory,
    HoldFactory,
)
from guong.nomination.tests.factories import NominationFactory
from guong.portal import actions as portal
from guong.units.models import Mandate
from guong.units.tests.factories import PASSWORD, UserFactory, system_user
from guong.web import desk, quick

pytestmark = pytest.mark.django_db
LISTS = [
    "nomination:inbox",
    "exemplars:list",
    "appraisal:list",
    "recognition:list",
    "nurturing:list",
    "publicity:list",
    "replication:list",
    "honours:list",
    "inspection:list",
    "direction:list",
    "discovery:list",
]


def signed_in(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return client


@pytest.mark.parametrize("function", Mandate.Function.values)
def test_today_shows_numbers_that_are_exactly_the_rows_behind_them(client, function):
    user = UserFactory(function=function)
    for state in ("draft", "submitted", "returned"):
        NominationFactory(exemplar__unit=user.unit, state=state)
    ExemplarFactory(unit=user.unit, recognised=True)
    signed_in(client, user)

    answer = client.get(reverse("web:today"))

    assert answer.status_code == 200
    for tile in answer.context["tiles"]:
        page = client.get(tile.url).context["page"]
        assert (tile.label, page.paginator.count) == (tile.label, tile.number)


def test_a_fresh_account_without_functions_gets_a_page_with_a_way_on(client):
    answer = signed_in(client, UserFactory()).get(reverse("web:today"))

    assert "Mọi việc đã xong" in answer.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_fresh_home_has_a_next_action_on_each_list(client, name):
    user = UserFactory(function=["secretariat", "introducer", "verifier"])

    answer = signed_in(client, user).get(reverse(name))

    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


@pytest.mark.parametrize("name", ["nomination:inbox", "exemplars:list", "publicity:untold"])
def test_a_list_costs_the_same_for_any_number_of_rows(client, name, django_assert_max_num_queries):
    user = UserFactory(function=["secretariat", "editor"])
    signed_in(client, user)
    costs = []
    for count in (1, 29):
        for _ in range(count):
            NominationFactory(exemplar__recognised=True)
        with django_assert_max_num_queries(40) as captured:
            assert client.get(reverse(name)).status_code == 200
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_life_shows_a_hold_to_the_board_alone(client):
    exemplar = ExemplarFactory()
    HoldFactory(exemplar=exemplar)
    url = reverse("web:life", args=[exemplar.pk])
    clerk, board = (
        UserFactory(unit=exemplar.unit, function="introducer"),
        UserFactory(function="secretariat"),
    )

    assert "tạm dừng" not in signed_in(client, clerk).get(url).content.decode().lower()
    assert "Đang tạm dừng" in signed_in(client, board).get(url).content.decode()


def test_quick_search_finds_without_marks_and_never_beyond_the_own_branch():
    user = UserFactory(function="introducer")
    mine = ExemplarFactory(unit=user.unit, full_name="Rơ Châm H'Bliu")
    mine.search_key = "ro cham h'bliu rch ro cham hbliu rochamhbliu"
    mine.save()
    ExemplarFactory(full_name="Rơ Châm Khác")
    ConflictFactory(user=user, exemplar=ExemplarFactory(unit=user.unit, full_name="Rơ Châm Quen"))

    for words in ("ro cham", "RƠ CHÂM", "hbliu", "h'bliu", "h’bliu", "cham bliu"):
        found = [hit.id for hit in quick.search(words, user) if hit.kind == "exemplar"]
        assert found == [mine.pk], words
    assert quick.search("r", user) == []


def test_every_pile_of_today_is_of_a_known_function():
    assert set(desk.piles()) <= set(Mandate.Function.values)
    assert Exemplar.objects.count() == 0


def test_today_tells_what_the_watch_found_until_it_is_mended(client, tmp_path, settings):
    settings.HOME = tmp_path
    report = tmp_path / "watch" / "canh.json"
    report.parent.mkdir()

    def watched(code: int, *messages: str) -> None:
        told = {
            "portal": "https://mau",
            "at": calendar.now().isoformat(),
            "code": code,
            "every": 15,
        }
        findings = [{"message": message} for message in messages]
        report.write_text(json.dumps(told | {"findings": findings, "release": 3}))

    def tile(function: str) -> str:
        page = signed_in(client, UserFactory(function=function)).get("/").content.decode()
        return page.partition("#canh-gac")[2].partition("</a>")[0]

    watched(1, "Trang / đã bị đổi.", "Có tệp lạ.")
    assert "<b>2</b>" in tile("administrator") and "<b>2</b>" in tile("secretariat")
    assert tile("editor") == ""
    watched(0)
    assert tile("administrator") == ""


def test_today_shows_what_somebody_else_took_down_to_those_who_may_look_again(client):
    exemplar = ExemplarFactory(recognised=True, full_name="Bà Rời Cổng")
    consent = ConsentFactory(exemplar=exemplar, purpose="name_publicly")
    clerk = UserFactory(unit=exemplar.unit, function=["introducer", "editor"])
    exemplars.withdraw_consent(consent=consent, by=clerk)
    portal.note_take_downs(keys={f"card:{exemplar.code}"}, by=system_user())
    entangled = UserFactory(function="editor")
    ConflictFactory(user=entangled, exemplar=exemplar)

    def said(user) -> bool:
        return "Bà Rời Cổng" in signed_in(client, user).get("/").content.decode()

    seen = {
        function: said(UserFactory(function=function))
        for function in ("editor", "secretariat", "administrator", "leader", "introducer")
    }

    assert seen == {
        "editor": True,
        "secretariat": True,
        "administrator": True,
        "leader": False,
        "introducer": False,
    }
    assert (said(clerk), said(entangled)) == (False, False)
    listed = signed_in(client, UserFactory(function="editor")).get(
        reverse("portal:take_downs") + "?state=mine"
    )
    assert listed.context["page"].paginator.count == 1


@pytest.mark.parametrize("code", ["403", "404", "409", "413"])
def test_error_pages_say_what_to_do(client, code):
    from django.template.loader import render_to_string

    page = render_to_string(f"{code}.html", {"typed": [("Lý do", "chữ đã gõ")], "code": "AB12"})

    assert "chữ đã gõ" in page
    assert "AB12" in page


def test_a_csrf_failure_keeps_what_was_typed(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("units:join"), {"username": "xa01", "password": "bi-mat"})

    words = answer.content.decode()
    assert (answer.status_code, "xa01" in words, "bi-mat" in words) == (403, True, False)


def test_login_is_throttled_by_account_and_never_for_ever(client):
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    url = reverse("account_login")

    answers = [
        client.post(url, {"login": user.username, "password": "sai"}).status_code for _ in range(6)
    ]

    assert answers[-1] == 429
    refused = client.post(url, {"login": user.username, "password": PASSWORD})
    assert (refused.status_code, "chờ" in refused.content.decode().lower()) == (429, True)


def test_opening_evidence_leaves_a_line_for_the_inspector_and_a_picture_leaves_none(client):
    officer = UserFactory(function="introducer")
    exemplar = ExemplarFactory(unit=officer.unit)
    evidence, picture = (
        files.store(io.BytesIO(word), name="a.pdf", content_type="application/pdf", by=officer)
        for word in (b"minh chung", b"anh")
    )
    EvidenceFactory(exemplar=exemplar, file=evidence)
    Exemplar.objects.filter(pk=exemplar.pk).update(picture=picture)
    signed_in(client, officer)

    answers = [client.get(reverse("web:file", args=[one.sha256])) for one in (evidence, picture)]

    assert [b"".join(answer) for answer in answers] == [b"minh chung", b"anh"]
    line = JournalEntry.objects.get(verb=files.OPENED)
    assert (line.by, line.target) == (officer, journal.ref(evidence))
    may_read = journal.VERBS[files.OPENED].may_read
    assert [may_read(UserFactory(function=f), None) for f in ("inspector", "introducer")] == [
        True,
        False,
    ]


def test_a_file_of_another_unit_does_not_exist_and_leaves_no_line(client):
    exemplar = ExemplarFactory()
    stored = files.store(io.BytesIO(b"x"), name="a", content_type="a/b", by=UserFactory())
    EvidenceFactory(exemplar=exemplar, file=stored)
    signed_in(client, UserFactory(function="introducer"))

    assert client.get(reverse("web:file", args=[stored.sha256])).status_code == 404
    assert not JournalEntry.objects.filter(verb=files.OPENED).exists()


def test_an_ended_session_leads_back_to_the_page_and_never_takes_it_away_while_somebody_types(
    client,
):
    page = "http://testserver/nomination/guided/1/deeds/?sua=1"
    asked = {"HX-Request": "true", "HX-Current-URL": page}
    url = reverse("exemplars:advise")

    typing = client.post(url, {"did": "Tốt nhất"}, headers=asked | {"X-While-Typing": "1"})
    pressed = client.post(url, {"did": "Tốt nhất"}, headers=asked)

    assert (typing.status_code, typing.content, "HX-Redirect" in typing) == (204, b"", False)
    assert pressed["HX-Redirect"] == (
        f"{reverse('account_login')}?next=%2Fnomination%2Fguided%2F1%2Fdeeds%2F%3Fsua%3D1"
    )
