import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from guong.core.signing.places import Places

STOP_WITHIN = 15  # seconds, then the processes are killed


def granian(target: str, port: int, workers: int = 1) -> list[str]:
    """The command line of one server process on loopback."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        target,
    ]


def is_taken(port: int) -> bool:
    """Whether something on this machine already answers there."""
    with socket.socket() as asked:
        asked.settimeout(0.5)
        return asked.connect_ex(("127.0.0.1", port)) == 0


class Command(BaseCommand):
    help = "Chạy cả hệ thống: bàn làm việc, cổng, hộp thư, hàng đợi, việc theo giờ, bộ ký."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--office-port", type=int, default=int(os.environ.get("GUONG_OFFICE_PORT", 8000))
        )
        parser.add_argument(
            "--portal-port", type=int, default=int(os.environ.get("GUONG_PORTAL_PORT", 8080))
        )
        parser.add_argument(
            "--dropbox-port",
            type=int,
            default=int(os.environ.get("GUONG_DROPBOX_PORT", 0)),
            help="mặc nhiên là cổng của trang công khai cộng 1",
        )

    def handle(self, *, office_port, portal_port, dropbox_port, **options):
        if not (settings.HOME / ".env").exists():
            raise CommandError(f"{settings.HOME} chưa được lập. Chạy: guong init")
        dropbox_port = dropbox_port or portal_port + 1  # two homes on one machine never share one
        taken = [str(port) for port in (office_port, portal_port, dropbox_port) if is_taken(port)]
        if taken:
            raise CommandError(
                f"Cổng {', '.join(taken)} đã có chương trình khác dùng. Tắt chương trình ấy, hoặc đặt "
                "GUONG_OFFICE_PORT, GUONG_PORTAL_PORT, GUONG_DROPBOX_PORT sang số khác."
            )
        call_command("check", databases=["default"], verbosity=0)
        environment = os.environ | {
            "GUONG_HOME": str(settings.HOME),
            "GUONG_DROPBOX_PORT": str(dropbox_port),
            "GUONG_PORTAL_PORT": str(portal_port),
        }
        guong = [sys.executable, "-m", "guong.cli"]
        office = {"DJANGO_SETTINGS_MODULE": "config.settings.office"}
        dropbox = {
            "DJANGO_SETTINGS_MODULE": "config.settings.dropbox",
            "GUONG_ENV": "dropbox.env",
        }
        home = str(settings.HOME)
        children = {
            "bộ ký": ([sys.executable, "-m", "guong.core.signing.signer", home], {}),
            "bàn làm việc": (granian("config.wsgi:application", office_port), office),
            "cổng": (
                [
                    sys.executable,
                    "-m",
                    "guong.portal.release.serve",
                    "--home",
                    home,
                    "--port",
                    str(portal_port),
                ],
                {},
            ),
            "hộp thư": (granian("config.wsgi_dropbox:application", dropbox_port), dropbox),
            "hàng đợi": ([*guong, "worker"], office),
            "việc theo giờ": ([*guong, "tick"], office),
        }
        if Places(settings.HOME).serving.exists():  # `guong release serving` was asked for once
            follow = [sys.executable, "-m", "guong.portal.release.follow", "--home", home]
            children["bày cho nginx, Caddy"] = (follow, {})
        self.stdout.write(f"Bàn làm việc  http://localhost:{office_port}")
        self.stdout.write(f"Cổng          http://127.0.0.1:{portal_port}")
        self.stdout.write("Ngừng: Ctrl+C")
        self.stdout.flush()
        self._watch(
            {
                name: subprocess.Popen(command, env=environment | more, start_new_session=True)
                for name, (command, more) in children.items()
            }
        )

    def _watch(self, processes):
        asked = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: asked.append(True))
        died = None
        while not asked and died is None:
            died = next(
                (name for name, child in processes.items() if child.poll() is not None), None
            )
            time.sleep(0.2)
        for child in processes.values():
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN
        for child in processes.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
        if died is not None:
            raise CommandError(f"Tiến trình «{died}» đã ngừng bất thường; cả hệ thống dừng lại.")
