import io

from PIL import Image

from guong.exemplars.models import Exemplar
from guong.exemplars.tests.factories import (
    CheckFactory,
    ClaimFactory,
    ConsentFactory,
    ExemplarFactory,
)
from guong.publicity import actions
from guong.units.tests.factories import UserFactory

BODY = "<p>Mỗi tuần cả nhóm dồn về một vườn; ai giúp bao nhiêu buổi ghi vào một cuốn sổ chung.</p>"


def tellable(**fields) -> Exemplar:
    """A recognised exemplar with a proven claim who has agreed to be named and written about."""
    exemplar = ExemplarFactory(recognised=True, **fields)
    for purpose in ("name_publicly", "story"):
        ConsentFactory(exemplar=exemplar, purpose=purpose)
    CheckFactory(claim=ClaimFactory(exemplar=exemplar, before=1, after=12, measure="hộ"))
    return exemplar


def jpeg() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 750), "#1F6B4A").save(out, "JPEG")
    return out.getvalue()


def editor():
    return UserFactory(function="editor")


def drafted(writer=None, exemplar=None, **fields):
    """A page with text, as its writer left it."""
    writer = writer or editor()
    page = actions.start_story(exemplar=exemplar or tellable(), by=writer)
    values = {"lead": "Bốn mươi hai nhà cùng làm.", "body": BODY} | fields
    return actions.revise(page=page, by=writer, **values)


def waiting(writer=None, **fields):
    """A story that waits for its second person."""
    writer = writer or editor()
    return actions.send_for_approval(page=drafted(writer, **fields), by=writer)
