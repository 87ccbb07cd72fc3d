import pytest

from guong.units import papers
from guong.units.models import Unit
from guong.units.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_a_unit_stands_in_the_head_of_its_papers_as_it_is_written_in_a_sentence():
    commune = UnitFactory(name="Xã Ia Mẫu", kind=Unit.Kind.COMMUNE)
    root = commune.get_root()
    office = UnitFactory(name="Sở Nội vụ", kind=Unit.Kind.DEPARTMENT)

    assert papers.issuer(commune) == "Ủy ban nhân dân xã Ia Mẫu"
    assert (papers.issuer(office), papers.superior(office)) == ("Sở Nội vụ", papers.province())
    assert (papers.issuer(root), papers.superior(root)) == (papers.province(), "")
