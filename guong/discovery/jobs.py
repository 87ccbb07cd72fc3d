"""What the clock starts: newspapers are read, personal data of refused leads goes."""

from django.conf import settings
from django_tasks import task

from guong.core import calendar, queue
from guong.units.models import User

from . import actions, selectors, watching
from .fetching import Fetcher
from .models import Lead, PressSource

AT_ONCE = 200  # leads forgotten in one run; the next run takes the next ones


def ask_for_press() -> None:
    """When a source is due the worker reads it: that takes a while, and the clock must not wait."""
    if settings.PRESS_FETCH and PressSource.objects.due(calendar.now()).exists():
        queue.later("discovery.jobs.read_press")


@task()
def read_press() -> int:
    """Visit every source that is due; return how many articles are new. A second run finds none due."""
    if not settings.PRESS_FETCH:
        return 0
    fetcher, by = Fetcher(selectors.listed_hosts()), User.objects.system()
    due = PressSource.objects.due(calendar.now()).order_by("asked_at", "pk")
    return sum(len(watching.visit(source, by=by, fetcher=fetcher)) for source in due)


def forget_refused() -> int:
    """Whoever was refused long enough ago is nobody we know of; return how many."""
    due = list(Lead.objects.to_forget(selectors.forgets_before()).order_by("pk")[:AT_ONCE])
    for lead in due:
        actions.forget(lead=lead, by=User.objects.system())
    return len(due)
