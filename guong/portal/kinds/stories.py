"""Stories: the approved copy, never the page in the newsroom."""

import json
from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from guong.core import calendar
from guong.discovery.models import Letter
from guong.exemplars.cards import ClaimCard
from guong.exemplars.models import Exemplar
from guong.publicity import content as contents
from guong.publicity.models import StoryApproval
from guong.replication.models import Adoption

from .. import sharecards
from ..pictures import PictureGone, Shown, shown
from ..release.pages import FOREVER, Input, Page
from ..searchfile import Document
from ..site import AT_ONCE, Site, digest, person
from .around import Around
from .cards import adoption_input, claims_input

MASK = 2  # any of the eight is valid; trying them all took longer than the rest of the page
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, eq=False)
class Story(Around):
    """A story as the portal shows it."""

    pk: int
    page_id: int
    path: str
    content: dict
    exemplar: Exemplar
    released_on: object
    approved_at: object
    claims: list[ClaimCard]
    adoptions: list[Adoption]
    picture: Shown | None
    input: Input
    share_card: sharecards.Card
    comments: list[Letter]

    @property
    def share_path(self) -> str:
        return f"/anh/the-{self.share_card.mark[:16]}.png"

    @property
    def reading(self) -> str:
        """Under which name its readings are counted."""
        return reading_of(self.page_id)

    @property
    def code_of_address(self) -> str:
        """The story's address as a QR code in SVG, for the printed page."""
        address = segno.make_qr(settings.PORTAL_URL + self.path, error="m", mask=MASK)
        return mark_safe(address.svg_inline(scale=3, border=2, omitsize=False))  # noqa: S308 our own

    @property
    def linked_data(self) -> str:
        """What a search engine is told: schema.org, as JSON-LD that cannot leave its element."""
        base = settings.PORTAL_URL
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.content["lead"],
            "inLanguage": self.content["lang"],
            "datePublished": self.released_on.isoformat(),
            "mainEntityOfPage": base + self.path,
            "image": base + (self.picture.large if self.picture else self.share_path),
            "author": {"@type": "Organization", "name": self.content["byline"] or "Gương"},
            "publisher": {"@type": "Organization", "name": "Gương – tỉnh Gia Lai", "url": base},
        }
        text = json.dumps(said, ensure_ascii=False)
        return mark_safe(text.translate(ESCAPES))  # noqa: S308 escaped in this line

    @property
    def title(self) -> str:
        return self.content["title"]

    def has_consent_to_picture(self) -> bool:
        return self.picture is not None


def reading_of(page_id: int) -> str:
    # Of the page in the newsroom: a corrected story goes on counting.
    return f"bai-{page_id}"


def path_of(approval: StoryApproval) -> str:
    return f"/chuyen/{approval.slug}/"


def story(approval: StoryApproval, site: Site) -> Story:
    """One approved story. Raises PictureGone when a file is not what was approved."""
    exemplar = approval.exemplar
    if contents.digest(approval.content) != approval.sha256:
        raise PictureGone(f"Nội dung bài «{approval}» khác bản đã duyệt; không phát hành bài này.")
    sha256 = approval.files.get("picture", "")
    return Story(
        pk=approval.pk,
        page_id=approval.page_id,
        path=path_of(approval),
        content=approval.content,
        exemplar=exemplar,
        released_on=approval.released_on or calendar.day_of(site.at),
        approved_at=approval.approved_at,
        claims=site.claims.get(exemplar.pk, []),
        adoptions=site.adoptions.get(exemplar.pk, []),
        picture=shown(sha256) if sha256 else None,
        input=Input(f"story:{approval.pk}", approval.sha256, persons(approval)),
        share_card=_share_card(approval),
        comments=site.comments.get(exemplar.pk, []),
    )


def comment_input(letter: Letter) -> Input:
    """Who let a comment onto the portal."""
    persons_of = (person(letter.handled_by), person(letter.approved_by))
    return Input(f"comment:{letter.pk}", digest([letter.name, letter.text]), persons_of)


def _share_card(approval: StoryApproval) -> sharecards.Card:
    exemplar = approval.exemplar
    # A headline may hold the name: of a child it never stands in a picture that travels.
    title = "Chuyện người tốt, việc tốt" if exemplar.is_minor else approval.content["title"]
    place = str(exemplar.commune or exemplar.unit)
    return sharecards.Card(title, place, is_demo=settings.IS_DEMO_HOME)


def persons(approval: StoryApproval) -> tuple[str, ...]:
    """Who wrote it and who approved it."""
    authors = {person(author.user) for author in approval.authors.all()}
    return tuple(sorted(authors | {person(approval.approved_by)}))


def standing(site: Site) -> list[Story]:
    """Every story that may be shown, newest first."""
    rows = (
        StoryApproval.objects.public()
        .select_related("exemplar__commune", "exemplar__unit", "exemplar__field", "approved_by")
        .prefetch_related(
            "authors__user", "exemplar__decisions__signatory", "exemplar__decisions__drafted_by"
        )
        .order_by("-approved_at", "-pk")
    )
    return [story(row, site) for row in rows.iterator(chunk_size=AT_ONCE)]


NEAR = 3


def near(one: Story, site: Site) -> list[Story]:
    """The newest others of the same commune, then of the same field."""
    here = site.by_place[one.place][: NEAR + 1]
    subject = one.exemplar.field_id
    alike = site.by_field[subject][: 2 * NEAR + 1] if subject else []
    return [other for other in dict.fromkeys([*here, *alike]) if other.pk != one.pk][:NEAR]


def pages(site: Site):
    """Story pages, and their pictures."""
    for one in site.stories:
        others = near(one, site)
        inputs = (
            one.input,
            *(other.input for other in others),
            *claims_input(one.exemplar, one.claims),
            *map(adoption_input, one.adoptions),
            *map(comment_input, one.comments),
        )
        yield site.page(one.path, "story.html", {"story": one, "near": others}, inputs)
        yield _file(one.share_path, one.share_card.drawn, "image/png", one)
        if one.picture:
            for path, body in one.picture.bodies.items():
                yield _file(path, body, "image/webp", one)


def _file(path: str, body, content_type: str, one: Story) -> Page:
    # The address holds a hash of all the file is made of.
    return Page(path, body, content_type, (one.input,), cache=FOREVER, shown=path)


def documents(site: Site):
    """Stories as the search knows them."""
    for one in site.stories:
        words = strip_tags(one.content["body"])
        yield Document(
            path=one.path,
            title=one.title,
            text=f"{one.content['lead']} {one.exemplar.full_name} {one.place} {words}",
            kind="Chuyện",
            field=one.field,
            place=one.place,
            year=one.released_on.year,
            lang=one.content["lang"],
            lead=one.content["lead"],
            on=one.released_on.isoformat(),
        )
