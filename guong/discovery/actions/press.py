"""Everything that changes what is watched of the press, and what was found there."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import clean_line
from guong.guard import gazetteer, scorer
from guong.units.models import User

from .. import scoring, selectors
from ..articles import Article, address_key
from ..fetching import NotFetched, netloc_of
from ..models import Lead, PressItem, PressSource
from .leads import receive

SHOWN_REASONS = 40


@transaction.atomic
def add_source(*, by: User, name: str, address: str, kind: str) -> PressSource:
    """A newspaper's feed or page stands in the list, switched off."""
    require(by, "discovery.add_source")
    address = address.strip()
    try:
        netloc_of(address)
    except NotFetched as refusal:
        raise ValidationError({"address": str(refusal)}) from refusal
    if PressSource.objects.filter(address=address).exists():
        raise ValidationError({"address": "Địa chỉ này đã có trong danh sách."})
    made = PressSource.objects.create(
        name=clean_line(name), address=address, kind=kind, added_by=by
    )
    journal.record("discovery.source_added", made, by=by)
    return made


@transaction.atomic
def switch_source(*, source: PressSource, by: User, on: bool) -> PressSource:
    """The source is read by the clock, or no longer; what it brought stays."""
    source = PressSource.objects.select_for_update().get(pk=source.pk)
    require(by, "discovery.switch_source", source)
    source.is_switched_on = on
    if on:
        source.trouble, source.failures = "", 0
    source.save()
    journal.record("discovery.source_switched", source, by=by, on=on)
    return source


@transaction.atomic
def keep_reading(
    *,
    source: PressSource,
    by: User,
    articles: Iterable[Article] = (),
    etag: str = "",
    modified: str = "",
    trouble: str = "",
) -> list[PressItem]:
    """One visit of a source is over: new articles stand in the list, or why there is none."""
    source = PressSource.objects.select_for_update().get(pk=source.pk)
    require(by, "discovery.keep_reading", source)
    known = selectors.places(calendar.today())
    kept = [_kept(article, source, by, known) for article in articles]
    made = [item for item, is_new in kept if is_new]
    source.asked_at = calendar.now()
    source.trouble = trouble[:300]
    source.failures = source.failures + 1 if trouble else 0
    if not trouble:
        source.read_at, source.etag, source.modified = source.asked_at, etag, modified
    source.save()
    if made or trouble:
        journal.record("discovery.press_read", source, by=by, found=len(made), failed=bool(trouble))
    return made


@transaction.atomic
def keep_article(*, article: Article, by: User) -> PressItem:
    """An article somebody pasted stands in the list; one that is there already is handed back."""
    require(by, "discovery.keep_article")
    if not article.text:
        raise ValidationError({"text": "Chưa có lời bài. Chép lời bài và dán vào đây."})
    item, is_new = _kept(article, None, by, selectors.places(calendar.today()))
    if is_new:
        journal.record("discovery.article_kept", item, by=by)
    return item


def _kept(
    article: Article, source: PressSource | None, by: User, known: scoring.Places
) -> tuple[PressItem, bool]:
    """The article's row, and whether it is new: same address or same words is the same article."""
    key = address_key(article.address)
    same = PressItem.objects.filter(fingerprint=article.fingerprint).first() or (
        key and PressItem.objects.filter(address_key=key).first()
    )
    if same:
        return same, False
    item = PressItem(
        source=source,
        address=article.address[:700],
        address_key=key,
        fingerprint=article.fingerprint,
        title=article.title[:300],
        text=article.text,
        published_on=_sound(article.published_on),
        taken_in_at=calendar.now(),
        taken_in_by=by,
    )
    scored = scoring.score(item.words, known)
    item.score, item.who, item.where = scored.score, list(scored.who), list(scored.where)
    item.reasons = [asdict(reason) for reason in scored.reasons[:SHOWN_REASONS]]
    item.verdict = scorer.check(item.words, gazetteer.default()).as_dict()
    item.save()
    return item, True


def _sound(day: datetime.date | None) -> datetime.date | None:
    """A day a newspaper can have printed; machines write others."""
    return day if day and datetime.date(1990, 1, 1) <= day <= calendar.today() else None


@transaction.atomic
def make_lead(*, item: PressItem, by: User) -> Lead:
    """The article is a lead of the unit its place belongs to; what the guard held waits for another."""
    item = PressItem.objects.select_for_update().get(pk=item.pk)
    require(by, "discovery.make_lead", item)
    old_state = item.move_to(PressItem.State.LEAD)
    item.lead = receive(
        by=by,
        source=Lead.Source.PRESS,
        who=item.who[0] if item.who else item.title,
        where=item.where[0].rpartition("nay là ")[2] if item.where else "",
        what=item.words,
        unit=None,
    )
    item.handled_by = by
    item.save()
    journal.record("discovery.lead_made", item, by=by, old=old_state, lead=journal.ref(item.lead))
    return item.lead


@transaction.atomic
def set_aside_item(*, item: PressItem, by: User) -> PressItem:
    """Nothing will be made of the article; it can be put back."""
    item = PressItem.objects.select_for_update().get(pk=item.pk)
    require(by, "discovery.set_aside_item", item)
    old_state = _moved(item, by, PressItem.State.SET_ASIDE)
    journal.record("discovery.item_set_aside", item, by=by, old=old_state)
    return item


@transaction.atomic
def put_back_item(*, item: PressItem, by: User) -> PressItem:
    """An article that was set aside waits again."""
    item = PressItem.objects.select_for_update().get(pk=item.pk)
    require(by, "discovery.put_back_item", item)
    old_state = _moved(item, by, PressItem.State.NEW)
    journal.record("discovery.item_put_back", item, by=by, old=old_state)
    return item


def _moved(item: PressItem, by: User, state: str) -> str:
    old_state = item.move_to(state)
    item.handled_by = by
    item.save()
    return old_state
