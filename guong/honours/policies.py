"""Who may open a roll, enter an exemplar and confirm the entry."""

import rules

from guong.core import journal
from guong.exemplars.models import Exemplar
from guong.units.policies import anyone_in_the_office, has_function

is_secretariat = has_function("secretariat")
is_second = is_secretariat | has_function("leader")


@rules.predicate
def sees(user, exemplar):
    return (
        exemplar is not None and Exemplar.objects.visible_to(user).filter(pk=exemplar.pk).exists()
    )


@rules.predicate
def is_free_of_conflict(user, entry):
    return entry is not None and sees(user, entry.exemplar)


@rules.predicate
def did_not_enter(user, entry):
    # Four eyes: an entry counts when a second person has confirmed it.
    return entry is not None and entry.entered_by_id != user.pk


rules.add_perm("honours.open_roll", is_secretariat)
rules.add_perm("honours.enter", is_secretariat & sees)
rules.add_perm("honours.confirm", is_second & is_free_of_conflict & did_not_enter)

for verb, label in [
    ("roll_opened", "Mở đợt tôn vinh"),
    ("entered", "Ghi vào danh sách tôn vinh"),
    ("confirmed", "Xác nhận tôn vinh"),
]:
    journal.register(f"honours.{verb}", label, readers=anyone_in_the_office)
