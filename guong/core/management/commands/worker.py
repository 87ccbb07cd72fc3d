import threading
import time

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from guong.core import maintenance, reaper

EVERY = 8  # seconds; the reaper takes 30 s of silence for death


class Command(BaseCommand):
    help = "Chạy các việc trong hàng đợi; ngừng sau việc đang làm khi nhận tín hiệu."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=0.5)
        parser.add_argument("--once", action="store_true", help="làm hết hàng đợi rồi thoát")

    def handle(self, *, interval, once, **options):
        worker_id = f"worker-{get_random_string(12)}"
        stop = threading.Event()
        reaper.beat(worker_id)
        threading.Thread(target=self._beat, args=(worker_id, stop), daemon=True).start()
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        try:
            while worker.running:
                if not maintenance.is_on():
                    worker.run()  # until the queue is empty
                if once:
                    break
                time.sleep(interval)
        finally:
            stop.set()

    @staticmethod
    def _beat(worker_id, stop):
        while not stop.wait(EVERY):
            reaper.beat(worker_id)
        connection.close()
