"""The one door to the queue."""

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def later(job: str, *ids) -> None:
    """Put the job, named by room and function, into the queue as part of the present transaction.

    The queue is a table of the same database, so the job is neither lost by a crash after the
    commit nor run before it. By name, because actions lie below jobs; a name that does not
    exist is an ImportError while all can be rolled back.
    """
    import_string(f"guong.{job}").enqueue(*ids)


def run_all() -> int:
    """Work off what waits in the table, as the worker does, in this process; return how many ran."""
    worker, ran = _worker(), 0
    while True:
        with transaction.atomic():
            job = DBTaskResult.objects.ready().first()
            if job is None:
                return ran
            job.claim(worker.worker_id)
        worker.run_task(job)
        ran += 1


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="once",
        excluded_queue_names=[],
    )
