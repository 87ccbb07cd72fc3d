"""What the reader gets to see: one test a kind of page."""

import csv
import io
import json

import pytest
from lxml import etree
from PIL import Image

from guong.core import calendar
from guong.core.signing import ceremonies
from guong.discovery.tests.factories import LetterFactory
from guong.dropbox import forms as dropbox
from guong.exemplars.tests.factories import CheckFactory, ClaimFactory
from guong.portal import selectors, sharecards
from guong.portal.kinds import places, stories, words
from guong.portal.site import Site
from guong.portal.tests.factories import approved_story, confirmed, recognised
from guong.replication.tests.factories import AdoptionFactory
from guong.reporting.models import PeriodicReport
from guong.units.models import Field, Unit
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    ceremonies.make_test_keys(tmp_path)
    confirmed()


def released() -> dict:
    """Every page of the release in the making, by address."""
    return {page.path: page for page in selectors.pages(Site(at=calendar.now(), number=1))}


def html(pages: dict, path: str) -> str:
    return pages[path].body.decode()


def commune(code: str, name: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    return found or UnitFactory(code=code, name=name, kind="commune")


def field(code: str = "mau-nong", name: str = "Nông nghiệp mẫu") -> Field:
    return Field.objects.get_or_create(code=code, defaults={"name": name})[0]


def test_an_empty_province_has_every_page_and_each_says_what_to_do():
    pages = released()

    for path in ("/", "/noi/", "/linh-vuc/", "/cach-lam/", "/guong/", "/chuyen/"):
        assert "/gioi-thieu/" in html(pages, path).split("<main", 1)[1]
    assert "Chưa có kỳ báo cáo nào được chốt" in html(pages, "/so-lieu/")
    assert etree.fromstring(pages["/tin.xml"].body).findall(f"{ATOM}entry") == []


def test_a_place_shows_its_cards_and_stories_and_its_tile_leads_there():
    here = commune("23776", "Xã Ia Krái")
    approval = approved_story(commune=here, full_name="Rơ Châm Mẫu")
    recognised(commune=commune("21583", "Phường Quy Nhơn"))

    pages = released()

    path = places.path_of_place(here)
    assert path == "/noi/xa-ia-krai-23776/"
    assert "1 gương, 1 chuyện ở đây" in html(pages, path)
    assert f"/chuyen/{approval.slug}/" in html(pages, path)
    assert f'href="{path}"><title>{here}: 1 gương</title>' in html(pages, "/noi/")
    tiles = {tile.name: tile for tile in places.tiles(Site(at=calendar.now(), number=1))}
    assert [tiles[str(here)].number, tiles[str(here)].shade] == [1, 1]


def test_a_field_has_its_page_and_its_feed():
    approval = approved_story(field=field())
    approved_story(field=None)

    pages = released()

    assert f"/chuyen/{approval.slug}/" in html(pages, "/linh-vuc/mau-nong/")
    assert "Nông nghiệp mẫu" in html(pages, "/linh-vuc/")
    entries = etree.fromstring(pages["/linh-vuc/mau-nong/tin.xml"].body).findall(f"{ATOM}entry")
    assert [one.find(f"{ATOM}title").text for one in entries] == [approval.content["title"]]
    assert len(etree.fromstring(pages["/tin.xml"].body).findall(f"{ATOM}entry")) == 2


def test_the_library_holds_models_and_what_was_followed_the_most_followed_first():
    followed = recognised(full_name="Tổ đổi công mẫu", kind="collective", field=field())
    for _ in range(2):
        AdoptionFactory(exemplar=followed, confirmed_by=UserFactory())
    model = recognised(full_name="Mô hình mẫu", kind="model", field=field())
    CheckFactory(claim=ClaimFactory(exemplar=model, before=3, after=27, measure="hộ"))
    alone = recognised(full_name="Người mẫu", kind="individual")

    pages = released()

    page = html(pages, "/cach-lam/")
    assert page.index("Tổ đổi công mẫu") < page.index("Mô hình mẫu")
    assert (str(alone) in page, "2 nơi" in page, "3 → 27 hộ" in page) == (False, True, True)
    assert "Tổ đổi công mẫu" in html(pages, "/cach-lam/theo-noi/")


def test_statistics_are_the_frozen_figures_of_accepted_reports_only():
    root = Unit.objects.get(depth=1) if Unit.objects.filter(depth=1).exists() else UnitFactory()
    writer, second = UserFactory.create_batch(2, function="secretariat")
    row = {"unit": root, "written_by": writer, "figures": {"B1": 20, "B4": 11}}
    PeriodicReport.objects.create(
        period_code="2025-H2", state="accepted", accepted_by=second, **row
    )
    PeriodicReport.objects.create(period_code="2026-H1", state="submitted", **row)

    pages = released()

    lines = list(csv.reader(io.StringIO(pages["/so-lieu/so-lieu.csv"].body.decode("utf-8-sig"))))
    assert lines[1:] == [
        ["2025-H2", root.code, str(root), "B1", "20"],
        ["2025-H2", root.code, str(root), "B4", "11"],
    ]
    told = json.loads(pages["/so-lieu/so-lieu.json"].body)
    assert [each["value"] for each in told["rows"]] == [20, 11]
    assert told["dictionary"]["B1"]["definition"]
    assert "6 tháng cuối năm 2025" in html(pages, "/so-lieu/")
    sources = {source.key: source.persons for source in pages["/so-lieu/"].inputs}
    assert set(sources[f"report:{PeriodicReport.objects.first().pk}"]) == {
        writer.username,
        second.username,
    }


def test_a_story_carries_what_networks_and_search_engines_read():
    approval = approved_story(field=field(), full_name="Rơ Châm </script> Mẫu")

    pages = released()

    page = html(pages, f"/chuyen/{approval.slug}/")
    body = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    told = json.loads(body)
    assert told["headline"] == approval.content["title"]
    assert told["datePublished"] == calendar.today().isoformat()
    card = page.split('og:image" content="')[1].split('"')[0].removeprefix("http://127.0.0.1:8080")
    card = "/anh/" + card.rpartition("/anh/")[2]
    with Image.open(io.BytesIO(pages[card].body)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert f'src="/dem/bai-{approval.page_id}.gif"' in page and "<svg" in page.split("on-paper")[1]


def test_the_share_card_of_a_childs_story_holds_no_name():
    approval = approved_story(birth_year=calendar.today().year - 10)

    told = stories.story(approval, Site(at=calendar.now(), number=1))

    assert told.share_card == sharecards.Card("Chuyện người tốt, việc tốt", told.place)


def test_the_share_card_is_the_same_bytes_for_the_same_words_and_never_overflows():
    long = "Một tiêu đề rất dài " * 30

    first, second = (sharecards.Card(long, "Xã Ia Krái").drawn() for _ in range(2))

    assert first == second != sharecards.Card(long, "Xã Gào").drawn()
    with Image.open(io.BytesIO(first)) as picture:
        right = picture.convert("RGB").crop((1150, 120, 1200, 480)).getcolors()
    assert right == [(50 * 360, (251, 248, 242))]  # nothing but paper: no line runs out


def test_related_stories_are_of_the_same_place_first():
    here = commune("23776", "Xã Ia Krái")
    one = approved_story(commune=here, field=field())
    alike = approved_story(commune=commune("21583", "Phường Quy Nhơn"), field=field())
    neighbour = approved_story(commune=here)
    approved_story(commune=commune("21601", "Phường Quy Nhơn Đông"))

    site = Site(at=calendar.now(), number=1)
    told = next(story for story in site.stories if story.pk == one.pk)
    assert [story.pk for story in stories.near(told, site)] == [neighbour.pk, alike.pk]


def test_the_sitemap_names_every_readable_page_and_no_shell():
    approval = approved_story()

    pages = released()

    listed = html(pages, "/sitemap.xml")
    for path in ("/", "/noi/", "/so-lieu/", "/rieng-tu/", f"/chuyen/{approval.slug}/"):
        assert f"{path}</loc>" in listed
    assert "shell" not in listed and "404.html" not in listed


def test_each_form_asks_for_exactly_what_the_drop_box_takes():
    pages = released()

    for form in words.FORMS:
        taken = set(dropbox.FORMS[form.name].base_fields)
        assert {field.name for field in form.fields} == taken
        assert f'action="/gui/{form.name}/"' in html(pages, f"/gui/{form.name}/shell.html")
        assert (form.path in pages) == form.has_page


def test_under_a_story_both_forms_name_it_and_only_what_two_let_through_is_shown():
    approval = approved_story()
    officers = UserFactory.create_batch(2, function="editor")
    said = {"kind": "comment", "exemplar": approval.exemplar}
    LetterFactory(text="Chưa ai đọc.", **said)
    shown = LetterFactory(
        text="Bài <b>hay</b>.",
        state="published",
        handled_by=officers[0],
        approved_by=officers[1],
        **said,
    )

    page = released()[f"/chuyen/{approval.slug}/"]

    body = page.body.decode()
    assert body.count(f'name="ve" value="{approval.exemplar.code}"') == 2
    assert ("Chưa ai đọc." in body, "Bài &lt;b&gt;hay&lt;/b&gt;." in body) == (False, True)
    persons = {source.key: set(source.persons) for source in page.inputs}[f"comment:{shown.pk}"]
    assert persons == {officer.username for officer in officers}


def test_the_form_of_a_tip_has_its_script_and_needs_no_other_policy():
    pages = released()
    plain, form = pages["/rieng-tu/"], pages["/gioi-thieu/"]
    script = next(path for path in pages if path.startswith("/a/tip-"))

    assert f'<script src="{script}" defer>' in html(pages, "/gioi-thieu/")
    assert f'src="{script}"' in html(pages, "/gui/gioi-thieu/shell.html")
    assert script not in html(pages, "/rieng-tu/")
    assert form.custom()["headers"] == plain.custom()["headers"]
    assert b"createObjectURL" not in pages[script].body  # the policy would refuse to play it
