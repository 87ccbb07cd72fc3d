"""What a check can end with: one code and one Vietnamese sentence."""

from dataclasses import asdict, dataclass
from enum import IntEnum


class Code(IntEnum):
    """The exit codes of `verify`."""

    GENUINE = 0
    CHANGED = 1
    USAGE = 2
    NOT_OURS = 3
    OLDER = 4
    UNREACHABLE = 5


# Of several findings the gravest speaks.
GRAVEST_FIRST = (
    Code.USAGE,
    Code.CHANGED,
    Code.NOT_OURS,
    Code.UNREACHABLE,
    Code.OLDER,
    Code.GENUINE,
)


@dataclass(frozen=True)
class Finding:
    code: Code
    message: str
    path: str = ""
    encoding: str = ""

    def as_dict(self) -> dict:
        return asdict(self) | {"code": int(self.code)}


class Stopped(Exception):
    """The check cannot go on; carries the finding that says why."""

    def __init__(self, code: Code, message: str):
        super().__init__(message)
        self.finding = Finding(code, message)


def gravest(findings: list[Finding]) -> Code:
    codes = {finding.code for finding in findings}
    return next((code for code in GRAVEST_FIRST if code in codes), Code.GENUINE)
