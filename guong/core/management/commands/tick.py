import logging
import os
import signal
import socket
import threading
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from guong.core import lease, maintenance

log = logging.getLogger("guong.tick")


class Command(BaseCommand):
    help = "Việc theo giờ: niêm nhật ký, nhặt lại việc của máy đã chết, nhận hộp thư."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="chạy mỗi việc một lần rồi thoát")

    def handle(self, *, once, **options):
        holder = f"{socket.gethostname()}:{os.getpid()}"
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        due = dict.fromkeys(settings.TICK, 0.0)
        while not stop.is_set():
            close_old_connections()
            if not maintenance.is_on() and lease.hold("tick", holder):
                self._run_due(due)
            if once:
                break
            stop.wait(1)
        lease.release("tick", holder)

    @staticmethod
    def _run_due(due):
        for name, seconds in settings.TICK.items():
            if time.monotonic() < due[name]:
                continue
            due[name] = time.monotonic() + seconds
            try:
                import_string(name)()
            except Exception:  # one broken duty must not stop the others; the log says which
                log.exception("tick %s", name)
