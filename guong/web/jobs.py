"""Slow work, done after the answer has gone out. A job takes ids and may run twice."""

from django_tasks import task

from guong.core import staging
from guong.core.models import Batch
from guong.units.models import User


@task()
def commit_batch(batch_id: int, asked_by: int) -> int:
    """Turn the batch's rows into records; goes on at the first unmarked row when run again."""
    return staging.commit(batch=Batch.objects.get(pk=batch_id), by=User.objects.get(pk=asked_by))
