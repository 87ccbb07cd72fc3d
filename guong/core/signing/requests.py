"""The worker's side: put a question before the signer, wait for the answer."""

import json
import time
import uuid
from pathlib import Path

from .places import Places, write_whole

KINDS = ("release", "journal-head")
PAUSE = 0.05


class Refused(Exception):
    """The signer said no; the text is its Vietnamese sentence."""


class NoAnswer(Exception):
    """Nobody answered in time; the text is a Vietnamese sentence."""


def request(home: Path, kind: str, payload: dict) -> str:
    """Put the question where the signer finds it; return its number to wait for."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind of request: {kind}")
    number = uuid.uuid4().hex
    body = json.dumps({"id": number, "kind": kind, "payload": payload}, ensure_ascii=False)
    places = Places(Path(home))
    places.answers.mkdir(parents=True, exist_ok=True)
    write_whole(places.requests / f"{number}.json", body.encode())
    return number


def wait(home: Path, number: str, timeout: float = 60) -> dict:
    """The signer's answer. Raises Refused or NoAnswer with a sentence to show."""
    places = Places(Path(home))
    path = places.answers / f"{number}.json"
    deadline = time.monotonic() + timeout
    while not path.exists():
        if time.monotonic() > deadline:
            (places.requests / f"{number}.json").unlink(missing_ok=True)
            raise NoAnswer("Bộ ký không trả lời. Hãy kiểm tra tiến trình «bộ ký» rồi làm lại.")
        time.sleep(PAUSE)
    answer = json.loads(path.read_bytes())
    path.unlink()
    if not answer["ok"]:
        raise Refused(answer["message"])
    return answer


def last_signed(home: Path) -> int:
    """The highest number the signer has put its name to; 0 before the first."""
    try:
        return json.loads(Places(Path(home)).signed.read_bytes())["number"]
    except FileNotFoundError:
        return 0
