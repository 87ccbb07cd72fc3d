import datetime
import uuid

import factory

from guong.core import calendar
from guong.discovery.models import (
    Keeping,
    Lead,
    LeadAnswer,
    Letter,
    PressItem,
    PressSource,
    Route,
)
from guong.units.models import Field
from guong.units.tests.factories import UnitFactory, UserFactory


class LeadFactory(factory.django.DjangoModelFactory):
    """A hint that lies with a commune; `held=True` as if the guard had stopped it."""

    class Meta:
        model = Lead

    class Params:
        held = factory.Trait(
            state="held",
            verdict={
                "verdict": "hold",
                "reasons": [
                    {"code": "link", "start": 0, "end": 5, "text": "Người", "message": "Xem lại."}
                ],
            },
        )

    code = factory.Sequence(lambda n: f"TIN-2026-{n:08}")
    source = "citizen"
    who = factory.Sequence(lambda n: f"Người Được Kể {n}")
    what = "Mười năm dạy chữ cho trẻ trong làng."
    contact = "0900000000"
    answer_path = factory.Sequence(lambda n: f"/tra-loi/{n:032x}/")
    answer_due_on = datetime.date(2026, 12, 15)
    unit = factory.SubFactory(UnitFactory)
    verdict = factory.LazyFunction(lambda: {"verdict": "pass", "reasons": []})
    received_by = factory.SubFactory(UserFactory)


class LeadAnswerFactory(factory.django.DjangoModelFactory):
    """What a citizen will read; `confirmed=True` as if a second person had agreed."""

    class Meta:
        model = LeadAnswer

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(UserFactory, function="secretariat"),
            confirmed_at=factory.LazyFunction(calendar.now),
        )

    lead = factory.SubFactory(LeadFactory, state="declined")
    text = "Xã đã đến xem; việc tốt nhưng còn mới."
    written_by = factory.SubFactory(UserFactory, function="secretariat")


class LetterFactory(factory.django.DjangoModelFactory):
    """A word from the portal; `chosen=True`: a comment one officer would show."""

    class Meta:
        model = Letter

    class Params:
        chosen = factory.Trait(
            kind="comment", state="chosen", handled_by=factory.SubFactory(UserFactory)
        )

    code = factory.Sequence(lambda n: f"GY-{n:04}-AAAA-BBBB")
    kind = "feedback"
    name = "Người Đọc Mẫu"
    text = "Bài hay, chữ hơi nhỏ."
    verdict = factory.LazyFunction(lambda: {"verdict": "pass", "reasons": []})
    intake_id = factory.LazyFunction(uuid.uuid4)


class PressSourceFactory(factory.django.DjangoModelFactory):
    """A feed of a newspaper that does not exist, switched off."""

    class Meta:
        model = PressSource

    name = factory.Sequence(lambda n: f"Báo Mẫu {n}")
    address = factory.Sequence(lambda n: f"https://bao{n}.example/tin.rss")
    kind = "feed"
    added_by = factory.SubFactory(UserFactory)


class PressItemFactory(factory.django.DjangoModelFactory):
    """A pasted article about a good deed."""

    class Meta:
        model = PressItem

    fingerprint = factory.Sequence(lambda n: f"{n:064x}")
    title = factory.Sequence(lambda n: f"Người mở lớp đêm ở làng số {n}")
    text = "Mười năm nay, bà Người Mẫu dạy chữ miễn phí cho trẻ trong làng."
    taken_in_by = factory.SubFactory(UserFactory)
    verdict = factory.LazyFunction(lambda: {"verdict": "pass", "reasons": []})


class RouteFactory(factory.django.DjangoModelFactory):
    """Leads of a field of its own go to a unit."""

    class Meta:
        model = Route

    field = factory.LazyFunction(
        lambda: Field.objects.create(code=f"lv-{Field.objects.count()}", name="Lĩnh vực mẫu")
    )
    key = factory.LazyAttribute(lambda route: route.field.code if route.field else "")
    unit = factory.SubFactory(UnitFactory)
    set_by = factory.SubFactory(UserFactory)


class KeepingFactory(factory.django.DjangoModelFactory):
    """Thirty days, from a day of its own."""

    class Meta:
        model = Keeping

    days = 30
    valid_from = factory.Sequence(lambda n: datetime.date(2026, 1, 1) + datetime.timedelta(days=n))
    reason = "Quy chế mẫu"
    set_by = factory.SubFactory(UserFactory)
