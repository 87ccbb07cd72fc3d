"""Is what the portal answers at an address exactly what was signed for it?"""

import re
import urllib.parse

from .manifest import SUFFIXES, Manifest, address, page_name, sha256
from .sources import Answer, Portal
from .verdict import Code, Finding

ENCODINGS = ("identity", "gzip", "br")
SPOKEN = {"identity": "bản không nén", "gzip": "bản nén gzip", "br": "bản nén br"}
# A page whose bytes are right can still lead astray by these.
MISLEADING = ("location", "refresh", "link", "x-robots-tag", "set-cookie", "content-location")
DYNAMIC = re.compile(r"/tim/|/gui/[a-z0-9-]+/|/dem/[A-Za-z0-9_-]+\.gif")


def check_page(
    portal: Portal, manifest: Manifest, path: str, query: str = "", **visitor: str
) -> list[Finding]:
    """Ask for the page in every encoding; one finding for each thing that is wrong, else one
    that says it is genuine."""
    name = page_name(urllib.parse.unquote(path))
    if name not in manifest.targets or name.startswith("tuf/"):
        return [_stranger(portal, manifest, path, query, visitor)]
    findings = []
    for encoding in ENCODINGS:
        answer = portal.get(
            path + (f"?{query}" if query else ""), **{"Accept-Encoding": encoding}, **visitor
        )
        findings += check_answer(manifest, name, encoding, answer)
    return findings or [genuine(manifest, name)]


def genuine(manifest: Manifest, name: str) -> Finding:
    status = _custom(manifest, name).get("status", 200)
    words = "Bản chính thức" if status != 410 else "Trang đã được gỡ chính thức"
    return Finding(Code.GENUINE, f"{words}, bản phát hành {manifest.number}.", address(name))


def check_answer(manifest: Manifest, name: str, asked: str, answer: Answer) -> list[Finding]:
    """What differs between this answer and what was signed for the target."""
    custom, where = _custom(manifest, name), address(name)
    encoding = answer.headers.get("content-encoding", "identity").lower()
    status = custom.get("status", 200)
    if answer.status != status:
        return [_changed(_status_words(answer, status), where, asked)]
    wrong = [_changed(words, where, asked) for words in _header_faults(custom, answer)]
    target = manifest.targets.get(name + SUFFIXES.get(encoding, ""))
    if target is None or encoding not in ENCODINGS:
        return [*wrong, _changed(f"nén kiểu lạ «{encoding}»", where, asked)]
    if sha256(answer.body) != target.hashes["sha256"]:
        wrong.append(_changed(_body_words(manifest, where, encoding, answer), where, asked))
    return wrong


def _custom(manifest: Manifest, name: str) -> dict:
    return manifest.targets[name].custom or {}


def _changed(words: str, path: str, encoding: str) -> Finding:
    return Finding(Code.CHANGED, f"Trang {path} đã bị đổi: {words}.", path, encoding)


def _status_words(answer: Answer, expected: int) -> str:
    if 300 <= answer.status < 400:
        return f"bị chuyển hướng tới «{answer.headers.get('location', '')}»"
    return f"máy chủ trả lời mã {answer.status}, bản đã ký là {expected}"


def _header_faults(custom: dict, answer: Answer) -> list[str]:
    signed = custom.get("headers", {})
    faults = [
        f"dòng đầu «{name}» là «{answer.headers.get(name, '(không có)')}», bản đã ký là «{value}»"
        for name, value in signed.items()
        if answer.headers.get(name) != value
    ]
    extra = [name for name in MISLEADING if name in answer.headers and name not in signed]
    return faults + [f"thêm dòng đầu «{name}: {answer.headers[name]}»" for name in extra]


def _body_words(manifest: Manifest, where: str, encoding: str, answer: Answer) -> str:
    other = manifest.by_hash.get(sha256(answer.body))
    if other is not None:
        home = next(
            (other.removesuffix(end) for end in SUFFIXES.values() if other.endswith(end)), other
        )
        return f"nội dung ở đây là của trang {address(home)}, hai trang bị tráo"
    return f"{SPOKEN[encoding]} khác với bản đã ký"


def answered(
    portal: Portal, manifest: Manifest, path: str, query: str = "", **visitor: str
) -> int | None:
    """The status a portal gives for an address that must not exist; None for the signed 404."""
    answer = portal.get(path + (f"?{query}" if query else ""), **visitor)
    absent = manifest.targets.get("404.html")
    is_ours = absent is not None and sha256(answer.body) == absent.hashes["sha256"]
    return None if answer.status == 404 and is_ours else answer.status


def _stranger(portal: Portal, manifest: Manifest, path: str, query: str, visitor: dict) -> Finding:
    """An address outside the list: a plain 404 is right, anything else is a parasite."""
    if DYNAMIC.fullmatch(path):
        words = "là trang động (tìm kiếm, gửi, đếm), không nằm trong bản ký nên không xác minh được"
        return Finding(Code.NOT_OURS, f"{path} {words}.", path)
    status = answered(portal, manifest, path, query, **visitor)
    if status is None:
        words = "; máy chủ trả lời «không có trang này», đúng như phải thế."
    else:
        words = f", nhưng máy chủ vẫn trả lời (mã {status}): trang lạ, không phải của cơ quan."
    outside = f"{path} không có trong danh mục bản phát hành {manifest.number}"
    return Finding(Code.NOT_OURS, outside + words, path)
