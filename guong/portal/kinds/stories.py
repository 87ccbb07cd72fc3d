"""Stories: the approved copy, never the page in the newsroom."""

import hashlib
from dataclasses import dataclass

from guong.core import files
from guong.exemplars.cards import ClaimCard, claim_cards
from guong.exemplars.models import Exemplar
from guong.publicity import content as contents
from guong.publicity.models import StoryApproval
from guong.replication.models import Adoption

from ..pictures import PictureGone, Shown, shown
from ..release.pages import FOREVER, Input, Page
from ..site import Site, person


@dataclass(frozen=True)
class Story:
    """A story as the portal shows it."""

    pk: int
    path: str
    content: dict
    exemplar: Exemplar
    released_on: object
    approved_at: object
    claims: list[ClaimCard]
    adoptions: list[Adoption]
    picture: Shown | None
    input: Input

    @property
    def place(self) -> str:
        return str(self.exemplar.commune or self.exemplar.unit)

    @property
    def title(self) -> str:
        return self.content["title"]

    def has_consent_to_picture(self) -> bool:
        return self.picture is not None


def path_of(approval: StoryApproval) -> str:
    return f"/chuyen/{approval.slug}/"


def story(approval: StoryApproval, site: Site) -> Story:
    """One approved story. Raises PictureGone when a file is not what was approved."""
    exemplar = approval.exemplar
    if contents.digest(approval.content) != approval.sha256:
        raise PictureGone(f"Nội dung bài «{approval}» khác bản đã duyệt; không phát hành bài này.")
    sha256 = approval.files.get("picture", "")
    if sha256:
        _must_be_whole(approval, sha256)
    return Story(
        pk=approval.pk,
        path=path_of(approval),
        content=approval.content,
        exemplar=exemplar,
        released_on=approval.released_on or site.at.date(),
        approved_at=approval.approved_at,
        claims=claim_cards(exemplar),
        adoptions=list(
            Adoption.objects.public()
            .filter(exemplar=exemplar)
            .select_related("unit")
            .order_by("started_on", "pk")
        ),
        picture=shown(sha256) if sha256 else None,
        input=Input(f"story:{approval.pk}", approval.sha256, persons(approval)),
    )


def _must_be_whole(approval: StoryApproval, sha256: str) -> None:
    place = files.place(sha256)
    if not place.exists() or hashlib.sha256(place.read_bytes()).hexdigest() != sha256:
        raise PictureGone(f"Ảnh của bài «{approval}» không còn đúng bản đã duyệt.")


def persons(approval: StoryApproval) -> tuple[str, ...]:
    """Who wrote it and who approved it."""
    authors = {person(author.user) for author in approval.authors.all()}
    return tuple(sorted(authors | {person(approval.approved_by)}))


def standing(site: Site) -> list[Story]:
    """Every story that may be shown, newest first."""
    rows = (
        StoryApproval.objects.public()
        .select_related("exemplar__commune", "exemplar__unit", "exemplar__field", "approved_by")
        .prefetch_related("authors__user")
        .order_by("-approved_at", "-pk")
    )
    return [story(row, site) for row in rows]


def pages(site: Site):
    """Story pages, and their pictures."""
    for one in site.stories:
        yield site.page(one.path, "story.html", {"story": one}, (one.input,))
        if one.picture:
            for path, body in one.picture.bodies.items():
                yield Page(path, body, "image/webp", (one.input,), cache=FOREVER)
