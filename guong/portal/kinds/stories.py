"""Stories: the approved copy, never the page in the newsroom."""

import json
from dataclasses import dataclass, field, replace

import segno
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from guong.core import calendar
from guong.core.languages import LANGUAGES, OURS
from guong.discovery.models import Letter
from guong.exemplars.cards import ClaimCard
from guong.exemplars.models import Exemplar
from guong.publicity import content as contents
from guong.publicity import furniture
from guong.publicity.models import Furniture, StoryApproval
from guong.replication.models import Adoption

from .. import sharecards
from ..pictures import PictureGone, Shown, shown, type_of
from ..recordings import Heard, heard
from ..release.pages import FOREVER, Input, Page
from ..searchfile import Document
from ..site import AT_ONCE, Site, digest, person
from .around import Around
from .cards import adoption_input, claims_input

MASK = 2  # any of the eight is valid; trying them all took longer than the rest of the page
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Step:
    """One step of a way of working, with its picture."""

    text: str
    picture: Shown | None
    alt: str
    source: str
    sha256: str


@dataclass(frozen=True)
class Version:
    """Where a story can be read in one language, and how the way there is marked."""

    lang: str
    path: str
    name: str  # what the language calls itself; empty as long as nobody has told us
    name_here: str  # what Vietnamese calls it


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
    steps: tuple[Step, ...]
    recordings: tuple[Heard, ...]
    say: furniture.Spoken
    versions: tuple[Version, ...] = ()  # all of them, its own too; none if there is one language
    others: tuple["Story", ...] = field(default=(), compare=False)
    words_by: tuple[Input, ...] = ()  # who stands for the words around it
    seen_by: tuple[Input, ...] = ()  # who stands for its pictures and films, if it shows any

    @property
    def lang(self) -> str:
        return self.content["lang"]

    @property
    def is_in_another_language(self) -> bool:
        return self.lang != OURS

    @property
    def heading_of_claims(self) -> str:
        """In the language of the story, where it is another than ours."""
        return self.say["claims"] if self.is_in_another_language else ""

    @property
    def heading_of_followers(self) -> str:
        return self.say["followers"] if self.is_in_another_language else ""

    @property
    def caption_label(self) -> str:
        return self.say.name() or LANGUAGES[self.lang]

    @property
    def family(self) -> int:
        # Stories approved before there were languages stand alone.
        return self.content.get("family") or self.page_id

    @property
    def share_path(self) -> str:
        return self.share_card.path

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
        said |= _parts(self)
        text = json.dumps(said, ensure_ascii=False)
        return mark_safe(text.translate(ESCAPES))  # noqa: S308 escaped in this line

    @property
    def title(self) -> str:
        return self.content["title"]

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Who stands for the story, and for its being seen in pictures."""
        return (self.input, *self.seen_by)


def _parts(one: Story) -> dict:
    """The way of working and the recordings, as schema.org calls them."""
    base, found = settings.PORTAL_URL, {}
    if one.steps:
        steps = [
            {"@type": "HowToStep", "position": place, "text": step.text}
            | ({"image": base + step.picture.fallback} if step.picture else {})
            for place, step in enumerate(one.steps, start=1)
        ]
        found["hasPart"] = {"@type": "HowTo", "name": one.title, "step": steps}
    for kind, name in (("sound", "audio"), ("video", "video")):
        heard_ones = [
            {
                "@type": f"{name.title()}Object",
                "name": recording.title,
                "contentUrl": base + recording.path,
                "encodingFormat": recording.content_type,
                "uploadDate": one.released_on.isoformat(),
            }
            for recording in one.recordings
            if recording.kind == kind
        ]
        found |= {name: heard_ones} if heard_ones else {}
    return found


def reading_of(page_id: int) -> str:
    # Of the page in the newsroom: a corrected story goes on counting.
    return f"bai-{page_id}"


def path_of(approval: StoryApproval) -> str:
    return f"/chuyen/{approval.slug}/"


def story(approval: StoryApproval, site: Site, words: dict[str, Furniture] | None = None) -> Story:
    """One approved story. Raises PictureGone when a file is not what was approved."""
    exemplar, lang = approval.exemplar, approval.content["lang"]
    words = furniture.in_use() if words is None else words
    if contents.digest(approval.content) != approval.sha256:
        raise PictureGone(f"Nội dung bài «{approval}» khác bản đã duyệt; không phát hành bài này.")
    told, agreed = approval.content, exemplar.pk in site.may_be_seen
    sha256 = approval.files.get("picture", "") if agreed else ""
    steps = tuple(_step(step, agreed) for step in told.get("steps", ()))
    recordings = [one for one in told.get("recordings", ()) if agreed or one["kind"] != "video"]
    is_seen = sha256 or any(step.picture for step in steps) or recordings
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
        steps=steps,
        recordings=tuple(map(heard, recordings)),
        say=furniture.Spoken(lang, words[lang].words if lang in words else {}),
        words_by=(furniture_input(words[lang]),) if lang in words else (),
        seen_by=(picture_input(approval),) if agreed and is_seen else (),
    )


def _step(told: dict, agreed: bool) -> Step:
    picture = told["picture"]
    sha256 = picture["sha256"] if agreed else ""
    return Step(
        told["text"],
        shown(sha256) if sha256 else None,
        picture["alt"],
        picture["source"],
        sha256,
    )


def picture_input(approval: StoryApproval) -> Input:
    """That pictures of somebody may be shown; it goes when the consent to that goes."""
    code = approval.exemplar.code
    return Input(f"picture:{code}", digest([code, approval.files]), persons(approval))


def furniture_input(row: Furniture) -> Input:
    """Who entered a language's words for the page, and who confirmed them."""
    said = digest([row.words, row.speaker])
    return Input(f"furniture:{row.lang}", said, (person(row.entered_by), person(row.confirmed_by)))


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
    """Every story that may be shown, newest first; one in several languages is one story."""
    rows = (
        StoryApproval.objects.public()
        .select_related("exemplar__commune", "exemplar__unit", "exemplar__field", "approved_by")
        .prefetch_related(
            "authors__user", "exemplar__decisions__signatory", "exemplar__decisions__drafted_by"
        )
        .order_by("-approved_at", "-pk")
    )
    words = furniture.in_use()
    families: dict[int, list[Story]] = {}
    for row in rows.iterator(chunk_size=AT_ONCE):
        one = story(row, site, words)
        families.setdefault(one.family, []).append(one)
    return [_together(family) for family in families.values()]


def _together(family: list[Story]) -> Story:
    """The story with its other versions behind it: the Vietnamese one in front, if there is one."""
    if len(family) == 1:
        return family[0]
    ordered = sorted(family, key=lambda one: (one.lang != OURS, one.lang))
    versions = tuple(
        Version(one.lang, one.path, one.say.name(), LANGUAGES[one.lang]) for one in ordered
    )
    named = tuple(dict.fromkeys(source for one in ordered for source in one.words_by))
    first, *others = (replace(one, versions=versions, words_by=named) for one in ordered)
    return replace(first, others=tuple(others))


NEAR = 3


def near(one: Story, site: Site) -> list[Story]:
    """The newest others of the same commune, then of the same field."""
    here = site.by_place[one.place][: NEAR + 1]
    subject = one.exemplar.field_id
    alike = site.by_field[subject][: 2 * NEAR + 1] if subject else []
    return [other for other in dict.fromkeys([*here, *alike]) if other.family != one.family][:NEAR]


def pages(site: Site):
    """Story pages in every language, and their files."""
    for first in site.stories:
        family = [one for one in (first, *first.others) if _is_wanted(one, site)]
        for one in family:
            others = near(one, site)
            inputs = (
                *one.inputs,
                *(
                    source
                    for other in (*family, *others)
                    if other is not one
                    for source in other.inputs
                ),
                *one.words_by,
                *claims_input(one.exemplar, one.claims),
                *map(adoption_input, one.adoptions),
                *map(comment_input, one.comments),
            )
            yield site.page(one.path, "story.html", {"story": one, "near": others}, inputs)
            yield from _files(one)


def _is_wanted(one: Story, site: Site) -> bool:
    return site.only is None or one.path in site.only


def _files(one: Story):
    yield _file(one.share_path, one.share_card.drawn, "image/png", (one.input,))
    for picture in (one.picture, *(step.picture for step in one.steps)):
        if picture:
            for path, body in picture.bodies.items():
                yield _file(path, body, type_of(path), one.inputs)
    for recording in one.recordings:
        for path, (body, content_type) in recording.bodies.items():
            yield _file(path, body, content_type, one.inputs)


def _file(path: str, body, content_type: str, inputs: tuple) -> Page:
    # The address holds a hash of all the file is made of.
    return Page(path, body, content_type, inputs, cache=FOREVER, shown=path)


def documents(site: Site):
    """Stories as the search knows them, each language for itself."""
    yield from map(_document, site.versions)


def _document(one: Story) -> Document:
    words = [one.content["lead"], one.exemplar.code, one.place]
    words.append(strip_tags(one.content["body"]))
    words += [step.text for step in one.steps]
    words += [f"{recording.title} {recording.said}" for recording in one.recordings]
    return Document(
        path=one.path,
        title=one.title,
        names=f"{one.exemplar.full_name} {one.exemplar.other_names}",
        text=" ".join(words),
        kind="Chuyện",
        field=one.field,
        place=one.place,
        year=one.released_on.year,
        lang=one.lang,
        lead=one.content["lead"],
        on=one.released_on.isoformat(),
    )
