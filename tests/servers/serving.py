"""The shipped configurations under the real nginx and the real Caddy, beside our own server."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.journeys.office import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
# What each server adds of its own about the connection; the tag's value is each one's affair.
TRANSPORT = {"connection", "date", "keep-alive", "transfer-encoding"}
UP_WITHIN = 60  # seconds, on two cores that do other things too

NGINX_MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/guong-portal.conf;
}}
"""


def filled(name: str, changes: dict[str, str]) -> str:
    """The shipped file with the lines marked HERE changed, and nothing else."""
    text = (DEPLOY / name).read_text("utf-8")
    for before, after in changes.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


@contextmanager
def nginx(home: Path, folder: Path, *, dropbox: int = 1) -> Iterator[int]:
    """Yield the port of an nginx that serves this home's shelves."""
    port = free_port()
    portal = filled(
        "nginx/guong-portal.conf",
        {
            "listen 80;": f"listen 127.0.0.1:{port};",
            "/srv/guong/serving/current": f"{home}/serving/current",
            "127.0.0.1:8081": f"127.0.0.1:{dropbox}",
        },
    )
    (folder / "guong-portal.conf").write_text(portal)
    with nginx_of(folder, port):
        yield port


@contextmanager
def nginx_of(folder: Path, port: int) -> Iterator[subprocess.Popen]:
    """An nginx with the folder's guong-portal.conf and nothing else."""
    user = "user root;" if os.getuid() == 0 else ""  # the scratch folder is for its owner alone
    (folder / "nginx.conf").write_text(NGINX_MAIN.format(folder=folder, user=user))
    command = ["/usr/sbin/nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    with running(command, port) as process:
        yield process


@contextmanager
def caddy(home: Path, folder: Path, *, dropbox: int = 1) -> Iterator[int]:
    """The same of a Caddy."""
    port = free_port()
    text = filled(
        "caddy/Caddyfile",
        {
            "portal.example {": f"http://127.0.0.1:{port} {{",
            "/srv/guong/serving/current": f"{home}/serving/current",
            "127.0.0.1:8081": f"127.0.0.1:{dropbox}",
        },
    )
    (folder / "Caddyfile").write_text(text)
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]
    with running(command, port, XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder)):
        yield port


@contextmanager
def embedded(home: Path, folder: Path, *, dropbox: int = 1) -> Iterator[int]:
    """Our own server under granian."""
    port = free_port()
    command = [sys.executable, "-m", "guong.portal.release.serve", "--home", str(home)]
    with running([*command, "--port", str(port), "--dropbox-port", str(dropbox)], port):
        yield port


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[subprocess.Popen]:
    """The server, up and answering; stopped at the end."""
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + UP_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            ask(port, "/", "HEAD")
            return
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise AssertionError(f"no answer on {port}: {process.stderr.read().decode()[-2000:]}")


def ask(
    port: int, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (without those of the connection) and body of one question, sent as written."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        with connection.getresponse() as answer:
            said = answer.read()
    told = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, {k: v for k, v in told.items() if k not in TRANSPORT}, said
