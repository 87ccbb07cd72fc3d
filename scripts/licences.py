"""Lists the licence of every installed dependency; fails on one that may not be shipped."""

import sys
from importlib.metadata import distributions

REFUSED = ("AGPL", "GPL-2.0-only", "Commercial", "Proprietary License")
DEV_ONLY = {"djlint"}  # GPL-3, used to look at templates, never shipped


def licence(found) -> str:
    declared = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    return (declared.splitlines() or [""])[0][:60] or "; ".join(classifiers) or "không khai"


def main() -> int:
    rows = sorted({(found.metadata["Name"], licence(found)) for found in distributions()})
    bad = [row for row in rows if row[0] not in DEV_ONLY and any(word in row[1] for word in REFUSED)]
    if "--quiet" not in sys.argv:
        for name, terms in rows:
            print(f"{name:34} {terms}")
    for name, terms in bad:
        print(f"Giấy phép không dùng được: {name} ({terms})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
