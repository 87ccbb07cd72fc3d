"""Work of the clock: records that were changed are held against all others."""

from django_tasks import task

from guong.core import queue, turns
from guong.core.models import JournalSeal
from guong.units.models import User

from . import actions
from .models import PairSearch


def ask_for_pairs() -> None:
    """When the journal has grown the worker looks for pairs: after a long list that takes a while."""
    read = PairSearch.objects.values_list("sequence", flat=True).first() or 0
    if JournalSeal.objects.filter(sequence__gt=read).exists():
        queue.later("exemplars.jobs.find_pairs")


@task()
def find_pairs() -> int:
    """Every change not yet looked at; return how many transactions it took. A second run finds none."""
    by, many = User.objects.system(), 1
    while actions.find_pairs(by=by):
        many += 1
        turns.give_way()
    return many
