"""One story page asked for in turns: nginx with a plain file, nginx as shipped, our own server."""

import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.journeys.office import free_port
from tests.servers import serving

ROUNDS, SECONDS, CONNECTIONS = 5, 3, 16
UNITS = {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}


def compare(home: Path, path: str) -> dict:
    """Medians of the rounds, and the ratios of each round's neighbours."""
    with tempfile.TemporaryDirectory(prefix="guong-wrk-") as scratch, ExitStack() as stack:
        servers = {}
        folders = {name: Path(scratch) / name for name in ("nginx", "embedded", "plain")}
        for folder in folders.values():
            folder.mkdir()
        servers["nginx"] = stack.enter_context(serving.nginx(home, folders["nginx"]))
        servers["embedded"] = stack.enter_context(serving.embedded(home, folders["embedded"]))
        status, _, body = serving.ask(servers["nginx"], path, Accept_Encoding="br")
        same = serving.ask(servers["embedded"], path, Accept_Encoding="br")[2]
        assert (status, body) == (200, same)
        servers["plain"] = stack.enter_context(plain(body, folders["plain"]))
        rounds = [_round(servers, path) for _ in range(ROUNDS)]
    figures = {"bytes": len(body)}
    for name in ("plain", "nginx", "embedded"):
        for what in ("requests_s", "cpu_us", "p50_ms", "p99_ms"):
            middle = statistics.median(each[name][what] for each in rounds)
            figures[f"{name}_{what}"] = round(middle, 3)
    for name in ("nginx", "embedded"):
        ratios = [each["plain"]["requests_s"] / each[name]["requests_s"] for each in rounds]
        figures[f"{name}_from_plain"] = round(statistics.median(ratios), 2)
        spent = [each[name]["cpu_us"] / each["plain"]["cpu_us"] for each in rounds]
        figures[f"{name}_cpu_from_plain"] = round(statistics.median(spent), 2)
        figures[f"{name}_from_plain_each_round"] = [round(ratio, 2) for ratio in ratios]
    return figures


def _round(servers: dict[str, int], path: str) -> dict[str, dict]:
    addresses = {name: f"http://127.0.0.1:{port}{path}" for name, port in servers.items()}
    addresses["plain"] = f"http://127.0.0.1:{servers['plain']}/plain.html"
    return {name: _wrk(addresses[name], servers[name]) for name in ("plain", "nginx", "embedded")}


def _wrk(address: str, port: int) -> dict:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    before = cpu_seconds(port)
    told = subprocess.run(
        [*command, "-H", "Accept-Encoding: gzip, deflate, br", address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Non-2xx" not in told, told
    spent = cpu_seconds(port) - before
    served = int(re.search(r"(\d+) requests in", told)[1])
    found = {
        share: float(n) * UNITS[u]
        for share, n, u in re.findall(r"(50|99)%\s+([0-9.]+)(us|ms|s|m)\b", told)
    }
    return {
        "requests_s": float(re.search(r"Requests/sec:\s+([0-9.]+)", told)[1]),
        "cpu_us": 1e6 * spent / served,
        "p50_ms": found["50"],
        "p99_ms": found["99"],
    }


def cpu_seconds(port: int) -> float:
    """What the processes that listen there, and their children, have had of the processors so far.

    On a machine with neighbours this tells more than requests a second.
    """
    fields = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {f"socket:[{f[9]}]" for f in fields if f[3] == "0A" and int(f[1][-4:], 16) == port}
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if inodes & {os.readlink(link) for link in (process / "fd").iterdir()}:
                stat = (process / "stat").read_text().rpartition(") ")[2].split()
                total += int(stat[11]) + int(stat[12])
        except OSError:
            continue  # gone meanwhile
    return total / os.sysconf("SC_CLK_TCK")


@contextmanager
def plain(body: bytes, folder: Path) -> Iterator[int]:
    """An nginx that serves one file of the same bytes and knows nothing else."""
    port = free_port()
    (folder / "plain.html").write_bytes(body)
    (folder / "guong-portal.conf").write_text(
        f"server {{ listen 127.0.0.1:{port}; root {folder}; types {{ text/html html; }} }}"
    )
    with serving.nginx_of(folder, port):
        yield port
