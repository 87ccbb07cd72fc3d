"""Lists the licence each installed library declares; fails when one may not be shipped with ours.

python scripts/licences.py [--quiet]
"""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Apache-2.0 cannot be handed on together with these.
REFUSED = re.compile(r"AGPL|Affero|(?<!L)GPL|Proprietary|Commercial", re.IGNORECASE)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def shipped() -> set[str]:
    """What a running office installs; tools of the developers are not handed on."""
    return set(map(plain, PINNED.findall((ROOT / "requirements" / "base.txt").read_text())))


def licence(found) -> str:
    about = found.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    declared = about.get("License-Expression") or about.get("License") or ""
    return (declared.splitlines() or [""])[0][:90] or "; ".join(classifiers) or "không khai"


def is_refused(terms: str) -> bool:
    """Of «A OR B» we may choose: refused only when every choice is."""
    return all(REFUSED.search(choice) for choice in terms.split(" OR "))


def main() -> int:
    ours = shipped()
    rows = sorted(
        {
            (plain(found.metadata["Name"]), found.version, licence(found))
            for found in distributions()
        }
    )
    if "--quiet" not in sys.argv:
        for name, version, terms in rows:
            print(f"{name:32} {version:14} {'' if name in ours else '(phát triển) '}{terms}")
    bad = [row for row in rows if row[0] in ours and is_refused(row[2])]
    for name, version, terms in bad:
        print(f"Không phát hành kèm được: {name} {version} ({terms})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
