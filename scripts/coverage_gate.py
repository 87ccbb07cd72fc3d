"""Fails unless every branch of what changes, decides, imports and counts was taken."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

GATED = re.compile(r"^guong/\w+/(actions|policies|importers|indicators)(\.py|/.*\.py)$")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(target)]
        subprocess.run(command, check=True)
        files = json.loads(target.read_text())["files"]
    gated = {name: found for name, found in files.items() if GATED.match(name)}
    if not gated:
        print("Coverage gate: no file matched; the pattern is wrong.")
        return 1
    short = []
    for name, found in sorted(gated.items()):
        if found["missing_lines"] or found["missing_branches"]:
            short.append(f"  {name}: lines {found['missing_lines']} branches {found['missing_branches']}")
    if short:
        print("Not every branch is tested:", *short, sep="\n")
        return 1
    print(f"Coverage gate: {len(gated)} files, every branch tested.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
