import datetime
import uuid

import factory

from guong.core import calendar
from guong.discovery.models import Lead, LeadAnswer, Letter
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
