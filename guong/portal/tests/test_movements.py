"""Movements, the dated life of a card, and what was corrected."""

import datetime

import pytest

from guong.core import calendar
from guong.core.signing import ceremonies, keys
from guong.direction.tests.factories import DirectiveFactory, MovementFactory
from guong.exemplars.tests.factories import MovementEntryFactory
from guong.honours.tests.factories import EntryFactory
from guong.portal import selectors
from guong.portal.kinds import documents, movements
from guong.portal.site import Site
from guong.portal.tests.factories import approved_story, confirmed, recognised
from guong.publicity import actions as publicity
from guong.publicity.tests.factories import editor
from guong.replication.tests.factories import AdoptionFactory
from guong.units.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    ceremonies.make_test_keys(tmp_path)
    confirmed()
    return tmp_path


def released() -> dict:
    return {page.path: page for page in selectors.pages(Site(at=calendar.now(), number=1))}


def html(pages: dict, path: str) -> str:
    return pages[path].body.decode()


def main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>")[0]


# --- Movements ------------------------------------------------------------------
def test_a_movement_says_what_the_law_asks_and_who_came_of_it():
    directive = DirectiveFactory(number="19", sign="KH-UBND")
    movement = MovementFactory(
        confirmed=True, name="Làng cùng làm", directive=directive, measures="Sơ kết."
    )
    approval = approved_story(full_name="Rơ Châm Mẫu")
    tie = MovementEntryFactory(movement=movement, exemplar=approval.exemplar, confirmed=True)
    MovementEntryFactory(movement=movement, exemplar=recognised(full_name="Chưa Xác Nhận"))

    pages = released()

    path = movements.path_of(movement)
    assert path == f"/phong-trao/lang-cung-lam-{movement.pk}/"
    page = main(html(pages, path))
    for shown in (movement.goals, movement.scope, movement.criteria, "Sơ kết.", "19/KH-UBND"):
        assert shown in page
    assert ("Rơ Châm Mẫu" in page, f"/chuyen/{approval.slug}/" in page) == (True, True)
    assert "Chưa Xác Nhận" not in page and "1 gương, 1 chuyện" in page
    told = {source.key: set(source.persons) for source in pages[path].inputs}
    assert told[f"movement:{movement.pk}"] == {
        movement.entered_by.username,
        movement.confirmed_by.username,
    }
    assert told[f"tie:{tie.pk}"] == {tie.entered_by.username, tie.confirmed_by.username}
    assert {f"card:{approval.exemplar.code}", f"story:{approval.pk}"} < set(told)
    assert f'href="{path}"' in html(pages, "/phong-trao/")
    assert f"{path}</loc>" in html(pages, "/sitemap.xml")


def test_a_movement_nobody_has_confirmed_is_not_there():
    MovementFactory(name="Chưa ai xem")

    pages = released()

    assert "Chưa ai xem" not in html(pages, "/phong-trao/")
    assert "/gioi-thieu/" in main(html(pages, "/phong-trao/"))


def test_the_search_knows_a_movement():
    movement = MovementFactory(confirmed=True)

    found = [
        one for one in documents(Site(at=calendar.now(), number=1)) if one.kind == "Phong trào"
    ]

    assert [(one.title, one.path) for one in found] == [
        (movement.name, movements.path_of(movement))
    ]


# --- The dated life of a card ---------------------------------------------------
def test_a_card_tells_its_life_in_order_and_names_who_stands_for_each_part():
    approval = approved_story(introduced_on=datetime.date(2020, 1, 2))
    exemplar = approval.exemplar
    entry = EntryFactory(
        exemplar=exemplar,
        roll__title="Lễ mẫu",
        roll__given_on=datetime.date(2020, 6, 1),
        confirmed_by=UserFactory(),
    )
    adoption = AdoptionFactory(
        exemplar=exemplar, confirmed_by=UserFactory(), started_on=datetime.date(2020, 3, 4)
    )

    pages = released()

    path = f"/guong/{exemplar.code.lower()}/"
    life = main(html(pages, path)).split("Dòng thời gian")[1].split("</ol>")[0]
    days = [line.split('"')[0] for line in life.split('datetime="')[1:]]
    today = calendar.today().isoformat()
    assert days == ["2020-01-02", "2020-03-04", "2020-06-01", today, today]
    assert f"{exemplar.unit} giới thiệu" in life and f"{adoption.unit} làm theo" in life
    assert "Lễ mẫu" in life and f'<a href="/chuyen/{approval.slug}/">Chuyện kể: ' in life
    keys_of = {source.key for source in pages[path].inputs}
    assert {f"honour:{entry.pk}", f"adoption:{adoption.pk}", f"story:{approval.pk}"} < keys_of


# --- What was corrected ---------------------------------------------------------
def corrected(approval, **fields):
    """The same page with other words, approved by a second person."""
    writer, page = editor(), approval.page.get_latest_revision_as_object()
    publicity.revise(page=page, by=writer, **fields)
    sent = publicity.send_for_approval(page=approval.page, by=writer)
    return publicity.approve(approval=sent, by=editor())


def corrections() -> str:
    return main(html(released(), "/minh-bach/")).split("Đã sửa sau khi đăng")[1]


def test_a_correction_after_publication_is_told_with_its_day_and_what_changed():
    approval = approved_story()
    publicity.mark_released(approvals=[approval], on=calendar.today(), by=editor())
    assert "Chưa sửa bài nào" in corrections()

    corrected(approval, lead="Bốn mươi ba nhà cùng làm.", byline="Người viết khác")

    told = corrections()
    assert f"{calendar.today():%d/%m/%Y}: sửa lời dẫn, tên tác giả" in told
    assert f'href="/chuyen/{approval.slug}/"' in told


def test_a_second_correction_is_told_too_and_an_equal_text_is_none():
    approval = approved_story()
    publicity.mark_released(approvals=[approval], on=calendar.today(), by=editor())
    second = corrected(approval, lead="Lần hai sửa lại.")
    third = corrected(second, title="Tên bài khác hẳn")
    corrected(third)

    told = corrections()

    assert told.count("<li>") == 2
    assert told.index("sửa tên bài") < told.index("sửa lời dẫn")


def test_what_was_changed_before_anybody_could_read_it_is_no_correction():
    corrected(approved_story(), lead="Chưa ai đọc bản trước.")

    assert "Chưa sửa bài nào" in corrections()


def test_a_withdrawn_story_is_named_no_longer():
    approval = approved_story()
    publicity.mark_released(approvals=[approval], on=calendar.today(), by=editor())
    latest = corrected(approval, lead="Lần hai sửa lại.")
    publicity.withdraw(approval=latest, by=editor(), reason="Xin rút.")

    assert "Chưa sửa bài nào" in corrections()


def test_the_fingerprint_of_the_root_key_stands_there(home):
    assert f"<code>{keys.fingerprint(home)}</code>" in html(released(), "/minh-bach/")
