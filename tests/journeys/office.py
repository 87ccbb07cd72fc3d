"""A whole office on a scratch home: `guong init`, `guong demo-data`, `guong run`."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import termios
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

UP_WITHIN = 90  # seconds, on two cores that do other things too


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def another_database(name: str) -> dict[str, str]:
    """On PostgreSQL a second home needs a second database; on SQLite it is a file of the home."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return {"DATABASE_URL": url.rpartition("/")[0] + "/" + name}


@dataclass
class Office:
    """The running processes, where they answer, and who may log in."""

    home: Path
    office_port: int = field(default_factory=free_port)
    portal_port: int = field(default_factory=free_port)
    dropbox_port: int = field(default_factory=free_port)
    accounts: list[dict] = field(default_factory=list)
    process: subprocess.Popen | None = None
    database: dict[str, str] = field(default_factory=dict)  # DATABASE_URL, where not the outer one

    @property
    def url(self) -> str:
        return f"http://localhost:{self.office_port}"

    @property
    def portal(self) -> str:
        return f"http://127.0.0.1:{self.portal_port}"

    @property
    def environment(self) -> dict:
        """What a person's shell would hold; the tests' own settings stay outside."""
        ours = {"SECRET_KEY", "DJANGO_SETTINGS_MODULE", "GUONG_ENV"}
        return (
            {name: value for name, value in os.environ.items() if name not in ours}
            | {
                "GUONG_HOME": str(self.home),
                "GUONG_HTTP": "1",
                "GUONG_OFFICE_PORT": str(self.office_port),
                "GUONG_PORTAL_PORT": str(self.portal_port),
                "GUONG_DROPBOX_PORT": str(self.dropbox_port),
                "GUONG_OFFICE_URL": self.url,
                "GUONG_PORTAL_URL": self.portal,
            }
            | self.database
        )

    def guong(self, *words: str, code: int = 0) -> str:
        """Run one command, expect its exit code, return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "guong.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"guong {' '.join(words)}: {done.returncode}\n{done.stderr}"
        return done.stdout

    def begin(self, *words: str) -> subprocess.Popen:
        """Start one command and do not wait for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "guong.cli", *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def begin_on_a_terminal(self, *words: str):
        """Start one command with a terminal for its bar; give the process and the terminal."""
        screen, other = pty.openpty()
        termios.tcsetwinsize(other, (24, 80))  # a bar as wide as nothing is not drawn
        process = subprocess.Popen(
            [sys.executable, "-m", "guong.cli", *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=other,
        )
        os.close(other)
        try:
            yield process, screen
        finally:
            process.kill()
            process.wait()
            os.close(screen)

    def ask(self, *words: str, code: int = 0):
        """The JSON a command answers with."""
        return json.loads(self.guong(*words, "--json", code=code))

    def account(self, function: str, *, second: bool = False) -> dict:
        """A demo account that holds the function; `second` is another person with the same one."""
        holders = [one for one in self.accounts if function in one["functions"]]
        return holders[1 if second else 0]

    def start(self) -> None:
        """Bring the demo province up; return when office and portal answer."""
        self.guong("init")
        self.guong("demo-data")
        self.accounts = self.ask("demo-data", "--accounts")
        with (self.home / "run.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "guong.cli", "run"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        for address in (self.url, self.portal):
            self.wait_for(address + "/")

    def wait_for(self, address: str) -> None:
        deadline = time.monotonic() + UP_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(address, timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise AssertionError(f"{address} does not answer.\n{self.log()}")

    def log(self) -> str:
        return (self.home / "run.log").read_text()[-4000:]

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise AssertionError("guong run did not stop on SIGTERM.") from None
