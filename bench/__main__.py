"""Run the benches: `python -m bench [NAME …]`; results go to stdout and to bench/results/NAME.json."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ["duplicates", "guard", "imports", "portal", "releases", "search", "watch"]
WITHOUT_HOME = {"guard"}  # reads texts alone; a home would only cost its minute
RESULTS = Path(__file__).parent / "results"


def run(name: str) -> dict:
    """The figures of one bench, with the machine they were taken on."""
    with tempfile.TemporaryDirectory(prefix=f"guong-bench-{name}-") as home:
        outside = {key: value for key, value in os.environ.items() if key != "SECRET_KEY"}
        environment = outside | {"GUONG_HOME": home, "GUONG_HTTP": "1"}
        if name not in WITHOUT_HOME:
            subprocess.run(
                [sys.executable, "-m", "guong.cli", "init"],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        measured = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"],
            env=environment
            | (
                {} if name in WITHOUT_HOME else {"DJANGO_SETTINGS_MODULE": "config.settings.office"}
            ),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return {"bench": name, "machine": machine(), **json.loads(measured.stdout)}


def machine() -> dict:
    return {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "database": "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite",
    }


def main(names: list[str]) -> int:
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"Không có: {', '.join(sorted(unknown))}. Có: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    missed = False
    for name in names or NAMES:
        result = run(name)
        text = json.dumps(result, ensure_ascii=False, indent=2)
        RESULTS.mkdir(exist_ok=True)
        beside = "-postgresql" if os.environ.get("DATABASE_URL") else ""
        (RESULTS / f"{name}{beside}.json").write_text(text + "\n", "utf-8")
        print(text)
        missed |= not all(bar["met"] for bar in result["bars"])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
