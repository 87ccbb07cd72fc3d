"""Makers for the tests of pages: a confirmed package, a recognised exemplar, an approved story."""

from guong.core import calendar
from guong.exemplars.tests.factories import ClaimFactory, ConsentFactory
from guong.portal import actions
from guong.publicity import actions as publicity
from guong.publicity.tests.factories import drafted, editor, jpeg
from guong.recognition.tests.factories import DecisionFactory
from guong.units.tests.factories import UserFactory


def administrators():
    return UserFactory.create_batch(2, function="administrator")


def confirmed():
    first, second = administrators()
    return actions.second_package(confirmation=actions.confirm_package(by=first), by=second)


def approved_story(lead: str = "Bốn mươi hai nhà cùng làm.", **of_exemplar):
    """A story of an exemplar with a signed decision, approved by a second person."""
    exemplar = recognised(**of_exemplar)
    writer = editor()
    picture = {"picture": jpeg(), "picture_alt": "Biển", "picture_source": "Tranh vẽ"}
    page = drafted(writer, exemplar, lead=lead, **picture)
    return publicity.approve(
        approval=publicity.send_for_approval(page=page, by=writer), by=editor()
    )


def recognised(**of_exemplar):
    """An exemplar named by a signed decision, who agrees to be named and told of."""
    decision = DecisionFactory(signed=True)
    exemplar = decision.exemplar
    for name, value in of_exemplar.items():
        setattr(exemplar, name, value)
    exemplar.recognised_on, exemplar.grade = calendar.today(), "exemplar"
    exemplar.save()
    for purpose in ("name_publicly", "story", "picture"):
        ConsentFactory(exemplar=exemplar, purpose=purpose)
    ClaimFactory(exemplar=exemplar)
    return exemplar
