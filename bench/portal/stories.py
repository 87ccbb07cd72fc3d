"""`python -m bench.portal.stories STEP [N]`: one step in a process of its own, for its peak of memory.

make N: approvals of N stories, each with its exemplar and signed decision. One is made by the actions,
the others are rows like it. full, change: the look at what will change and `publishing.publish`, the
action behind the button (`press_seconds`). take_down: the action that takes a story off, and how long
until the release without it stands. lay: what nginx and Caddy serve. Prints JSON.
"""

import io
import json
import os
import random
import sys
import threading
import time
import uuid

import django
from PIL import Image, ImageFilter

from ..measuring import peak_mib

AT_ONCE = 1_000
AGAIN = ("seconds", "press_seconds", "cpu_seconds", "changed")
WORDS = (
    "làng rừng nước đường chữ nghề dệt cồng chiêng lúa cà bò heo vườn suối nhà rông bà con".split()
)


def photograph() -> bytes:
    """Not a plain colour: about as heavy as a photo of that size."""
    draw = random.Random(7)
    noise = Image.effect_noise((300, 188), 90).resize((1200, 750), Image.Resampling.BICUBIC)
    tint = Image.new("RGB", noise.size, (draw.randrange(40, 90), 120, 80))
    picture = Image.blend(noise.convert("RGB"), tint, 0.4).filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def like(row, **different):
    """An unsaved row with everything of this one but its key and what is given."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    given = {row._meta.get_field(name).attname for name in different}
    same = {f.attname: getattr(row, f.attname) for f in fields if f.attname not in given}
    return type(row)(**same, **different)


def model():
    """A story with its picture, approved by the actions as everything behind it asks for."""
    from guong.portal.tests.factories import confirmed, recognised
    from guong.publicity import actions
    from guong.publicity.tests.factories import drafted, editor

    confirmed()
    writer = editor()
    picture = {"picture_alt": "Cánh rừng", "picture_source": "Tranh vẽ bằng máy"}
    page = drafted(writer, recognised(), picture=photograph(), **picture)
    sent = actions.send_for_approval(page=page, by=writer)
    return actions.approve(approval=sent, by=editor())


def make(wanted: int) -> dict:
    from guong.publicity.models import StoryApproval
    from guong.units.models import Field, Unit

    first = model()
    communes, fields = list(Unit.objects.communes()), [*Field.objects.all(), None]
    for start in range(1, wanted, AT_ONCE):
        _some(first, range(start, min(start + AT_ONCE, wanted)), communes, fields)
    return {"public": StoryApproval.objects.public().count(), "slug": first.slug}


def _some(first, numbers: range, communes: list, fields: list) -> None:
    from guong.core import codes
    from guong.exemplars.models import Consent, Exemplar
    from guong.nomination.models import Nomination
    from guong.publicity import content
    from guong.publicity.models import StoryApproval, StoryAuthor
    from guong.recognition.models import Decision

    known, author = first.exemplar, first.authors.get()
    decision, consents = known.decisions.get(), list(known.consents.all())
    exemplars = Exemplar.objects.bulk_create(
        like(
            known,
            code=f"GU-MAU-{number}",
            full_name=f"Người Mẫu {number}",
            commune=communes[number % len(communes)],
            unit=communes[number % len(communes)],
            field=fields[number % len(fields)],
        )
        for number in numbers
    )
    Consent.objects.bulk_create(
        like(consent, exemplar=each) for each in exemplars for consent in consents
    )
    claim = known.claims.first()
    type(claim).objects.bulk_create(
        like(claim, exemplar=each, key=uuid.uuid4()) for each in exemplars
    )
    nominations = Nomination.objects.bulk_create(
        like(decision.nomination, exemplar=each, unit=each.unit) for each in exemplars
    )
    Decision.objects.bulk_create(
        like(
            decision,
            nomination=each,
            exemplar=each.exemplar,
            number=1000 + number,
            number_sign=f"{1000 + number}/QĐ-UBND",
            check_code=codes.written("QD", number),
        )
        for number, each in zip(numbers, nominations, strict=True)
    )
    approvals = []
    for number, each in zip(numbers, exemplars, strict=True):
        # A family of its own: the versions of one story in several languages are one.
        own = {"exemplar": each.pk, "family": -number}
        said = first.content | _words(number) | own
        sha256 = content.digest(said)
        slug = f"mau-{number}"
        approvals.append(like(first, exemplar=each, slug=slug, content=said, sha256=sha256))
    approvals = StoryApproval.objects.bulk_create(approvals)
    StoryAuthor.objects.bulk_create(like(author, approval=each) for each in approvals)


def _words(number: int) -> dict[str, str]:
    draw = random.Random(number)
    return {
        "title": f"Chuyện mẫu {number}",
        "lead": " ".join(draw.choice(WORDS) for _ in range(25)),
        "body": f"<p>{' '.join(draw.choice(WORDS) for _ in range(400))}</p>",
    }


def publish() -> dict:
    from django.conf import settings

    from guong.core import calendar
    from guong.core.signing import signer
    from guong.core.signing.places import Places
    from guong.portal import outlook, publishing
    from guong.portal.release import catalogue
    from guong.units.models import User

    started, spent = time.perf_counter(), time.process_time()
    with signer.alongside(settings.HOME):
        outlook.look(calendar.now())
        looked = time.perf_counter() - started
        record = publishing.publish(by=User.objects.system())
    seconds = time.perf_counter() - started
    files = len(catalogue.entries(settings.HOME, Places(settings.HOME).current_number()))
    changed = len(record.added) + len(record.changed)
    return {
        "seconds": round(seconds, 2),
        "press_seconds": round(seconds - looked, 2),
        "cpu_seconds": round(time.process_time() - spent, 2),  # tells more beside busy neighbours
        "peak_mib": peak_mib(),
        "files": files,
        "changed": changed,
    }


def change() -> dict:
    """One more approval: a story whose text is corrected; twice, as the office's process stays up."""
    first, again = _corrected("Câu mở đầu đã sửa."), _corrected("Câu mở đầu đã sửa lần nữa.")
    return first | {f"again_{name}": again[name] for name in AGAIN}


def _corrected(lead: str) -> dict:
    from guong.publicity import content
    from guong.publicity.models import StoryApproval

    one = StoryApproval.objects.public().get(slug="mau-7")
    one.content = one.content | {"lead": lead}
    one.sha256 = content.digest(one.content)
    one.save()
    return publish()


def take_down() -> dict:
    """One story off, twice: until the portal is without it, and until no kept copy holds it."""
    first, again = _taken_down("mau-9"), _taken_down("mau-10")
    return first | {f"again_{name}": seconds for name, seconds in again.items()}


def _taken_down(slug: str) -> dict:
    from django.conf import settings

    from guong.core.signing import signer
    from guong.core.signing.places import Places
    from guong.portal import publishing
    from guong.publicity.models import StoryApproval

    one = StoryApproval.objects.public().get(slug=slug)
    by, stood, standing = one.authors.get().user, Places(settings.HOME).current, {}

    def look() -> None:
        before = os.readlink(stood)
        while os.readlink(stood) == before and not ended.wait(0.1):
            pass
        standing["seconds"] = time.perf_counter() - started

    ended, watcher = threading.Event(), threading.Thread(target=look)
    started = time.perf_counter()
    watcher.start()
    with signer.alongside(settings.HOME):
        publishing.take_down(approval=one, by=by, reason="Nhân vật xin rút bài về mình.")
    seconds = time.perf_counter() - started
    ended.set()
    watcher.join()
    return {"stands_seconds": round(standing["seconds"], 2), "seconds": round(seconds, 2)}


def lay() -> dict:
    from django.conf import settings

    from guong.portal.release import follow

    started = time.perf_counter()
    follow.Follower(settings.HOME).start()
    seconds = time.perf_counter() - started
    return {"seconds": round(seconds, 2), "peak_mib": peak_mib()}


def main(step: str, *numbers: str) -> None:
    django.setup()
    steps = {"make": make, "full": publish, "change": change, "take_down": take_down, "lay": lay}
    json.dump(steps[step](*map(int, numbers)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
