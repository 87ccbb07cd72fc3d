"""`python -m guong.portal.release.serve --home DIR --port N`: the portal's process."""

import argparse
import os
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from .server import DROPBOX_PORT

THREADS = 12  # seven may wait for the drop box


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="guong.portal.release.serve", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument(
        "--dropbox-port",
        type=int,
        default=int(os.environ.get("GUONG_DROPBOX_PORT", DROPBOX_PORT)),
    )
    options = parser.parse_args(arguments)
    os.environ["GUONG_HOME"] = str(options.home.resolve())
    os.environ["GUONG_DROPBOX_PORT"] = str(options.dropbox_port)
    Granian(
        "guong.portal.release.server:from_environment",
        factory=True,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
