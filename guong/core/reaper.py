"""Jobs of a worker that died are taken back; the queue library leaves them running for ever."""

import datetime

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guong.core import calendar

from .models import WorkerBeat

SILENCE = datetime.timedelta(seconds=30)
TRIES = 3


def beat(worker_id: str) -> None:
    """Say that this worker is alive."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": calendar.now()})


@transaction.atomic
def reap(silence: datetime.timedelta = SILENCE) -> int:
    """Put the jobs of silent workers back into the queue; park them after the third try."""
    alive = set(
        WorkerBeat.objects.filter(seen_at__gt=calendar.now() - silence).values_list(
            "worker_id", flat=True
        )
    )
    taken = 0
    for job in DBTaskResult.objects.running().select_for_update():
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        parked = len(job.worker_ids) >= TRIES
        job.status = TaskResultStatus.FAILED if parked else TaskResultStatus.READY
        job.finished_at = calendar.now() if parked else None
        job.save(update_fields=["status", "finished_at"])
        taken += 1
    return taken
