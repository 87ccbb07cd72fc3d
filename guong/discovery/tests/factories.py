import uuid

import factory

from guong.discovery.models import Lead, Letter
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
    unit = factory.SubFactory(UnitFactory)
    verdict = factory.LazyFunction(lambda: {"verdict": "pass", "reasons": []})
    received_by = factory.SubFactory(UserFactory)


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
