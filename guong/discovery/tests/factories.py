import factory

from guong.discovery.models import Lead
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
