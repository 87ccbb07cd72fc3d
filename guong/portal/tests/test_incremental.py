"""One approved story makes anew only the pages that depend on it."""

from dataclasses import dataclass, field

import pytest

from guong.core import calendar
from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import ExemplarFactory
from guong.portal import publishing, selectors
from guong.portal.fingerprint import Fingerprints
from guong.portal.release import builder, catalogue
from guong.portal.site import Site
from guong.portal.tests.factories import approved_story, confirmed
from guong.publicity.tests.factories import editor
from guong.recognition.models import Decision
from guong.units.models import Field, Unit
from guong.units.tests.factories import UnitFactory

pytestmark = [pytest.mark.django_db(databases=["default", "intake"])]


@pytest.fixture
def told(home):
    """A portal with a story of each of two places and fields."""
    confirmed()
    return told_of("A", 3), told_of("B", 5)


def told_of(letter: str, code: int):
    unit = UnitFactory(code=f"9900{code}", name=f"Xã {letter}", kind=Unit.Kind.COMMUNE)
    subject, _ = Field.objects.get_or_create(
        code=f"mau-{code}", defaults={"name": f"Việc {letter}"}
    )
    return approved_story(commune=unit, unit=unit, field=subject)


def test_one_more_story_makes_anew_what_shows_it_and_nothing_else(home, told):
    publishing.publish(by=editor())
    same = selectors.built(calendar.now())

    third = told_of("C", 7)
    built = selectors.built(calendar.now())

    # The page that lists the releases differs after each one; the search file knows everything.
    always = {"/minh-bach/", "/tim/search.sqlite3"}
    lists = {"/", "/chuyen/", "/guong/", "/noi/", "/linh-vuc/", "/tin.xml", "/sitemap.xml"}
    own = {f"/chuyen/{third.slug}/", f"/guong/{third.exemplar.code.lower()}/"}
    own.add(third.exemplar.decisions.get().check_path)
    around = {
        "/noi/xa-c-99007/",
        "/noi/xa-c-99007/tin.xml",
        "/linh-vuc/mau-7/",
        "/linh-vuc/mau-7/tin.xml",
    }
    pages_with_places = {"/gioi-thieu/", "/gui/gioi-thieu/shell.html"}
    assert set(same.rendered) == always
    made = {path for path in built.rendered if not path.startswith("/anh/")}
    assert made - pages_with_places == always | lists | own | around


def test_what_is_taken_over_is_what_a_full_build_would_make(home, told):
    publishing.publish(by=editor())
    told_of("C", 7)
    at = calendar.now()
    number = catalogue.next_number(home)
    pages = list(selectors.pages(Site(at=at, number=number)))

    partly = builder.build(home, pages, number, at)
    made = (partly.folder / "tuf" / "unsigned.json").read_bytes()
    fully = builder.build(home, pages, number, at, is_full=True)

    assert (fully.folder / "tuf" / "unsigned.json").read_bytes() == made
    assert len(fully.rendered) == len(pages) > 2 * len(partly.rendered)


def test_a_spoilt_object_is_made_anew(home, told):
    publishing.publish(by=editor())
    path = f"/chuyen/{told[0].slug}/"
    entry = catalogue.entries(home, 1)[path[1:] + "index.html"]
    kept = home / "objects" / entry["hashes"]["sha256"]
    kept.chmod(0o644)
    kept.write_bytes(b"<p>khac")

    built = selectors.built(calendar.now())

    assert path in built.rendered
    assert kept.read_bytes() != b"<p>khac"


def test_rendering_asks_the_database_nothing(told, django_assert_num_queries):
    pages = list(selectors.pages(Site(at=calendar.now(), number=1)))
    pages = [page for page in pages if page.path != "/tim/search.sqlite3"]

    with django_assert_num_queries(0):
        bodies = [page.body for page in pages]

    assert all(bodies)


# --- Fingerprints -----------------------------------------------------------
@dataclass
class Shown:
    word: str
    about: object = None
    seen: int = field(default=0, compare=False)


def test_the_same_words_are_the_same_and_others_are_not():
    of = Fingerprints().of

    assert of([Shown("một")]) == of([Shown("một", seen=5)]) == Fingerprints().of([Shown("một")])
    assert len({of([Shown("một")]), of([Shown("hai")]), of(["một"]), of([Shown("một", 1)])}) == 4


def test_a_record_counts_with_what_is_loaded_of_it():
    exemplar = ExemplarFactory()
    bare, whole = (
        Exemplar.objects.get(pk=exemplar.pk),
        Exemplar.objects.select_related("unit").get(pk=exemplar.pk),
    )
    of = Fingerprints().of

    before = of({"who": whole})
    whole.unit.name = "Xã khác"

    assert before != of({"who": bare})
    assert before != Fingerprints().of({"who": whole})


def test_circles_end():
    # As after a prefetch: the exemplar knows its decision, and the decision its exemplar.
    exemplar = Exemplar(code="GU-1")
    decision = Decision(exemplar=exemplar)
    exemplar._prefetched_objects_cache = {"decisions": [decision]}

    assert Fingerprints().of(exemplar) != Fingerprints().of(decision)


def test_a_thing_whose_contents_are_not_known_is_refused():
    with pytest.raises(TypeError, match="what of it is shown"):
        Fingerprints().of({"thing": object()})
