"""Who may record a visit: the unit of the exemplar, and the Board."""

import rules

from guong.core import journal
from guong.exemplars.models import Exemplar
from guong.units.policies import anyone_in_the_office, has_function

cares = has_function("introducer") | has_function("unit_head") | has_function("secretariat")


@rules.predicate
def sees(user, exemplar):
    return (
        exemplar is not None and Exemplar.objects.visible_to(user).filter(pk=exemplar.pk).exists()
    )


rules.add_perm("nurturing.record_visit", cares & sees)
journal.register("nurturing.visit_recorded", "Đến thăm, bồi dưỡng", readers=anyone_in_the_office)
