"""The code a visitor takes home, and the released page that can be found with a code."""

import hashlib
import uuid

from guong.core import codes

PREFIXES = {
    "gioi-thieu": "GT",
    "hoc-theo": "HT",
    "rut-bai": "RB",
    "gop-y": "GY",
    "phan-anh": "PA",
    "binh-luan": "LB",
}
ANSWERS, CERTIFICATES = "/tra-loi/", "/kiem-tra/ma/"


def code_of(form: str, key: uuid.UUID) -> str:
    """The code of a submission. The office finds it again from the id it keeps."""
    number = int.from_bytes(hashlib.sha256(key.bytes).digest()[:8])
    return codes.written(PREFIXES[form], number)


def answer_path(code: str) -> str:
    """Where the answer to a lead lies.

    The list of all addresses is public, and the code is what a citizen shows to prove that a lead is
    theirs. So the address is made of it one way, and slowly: to try all codes costs too much.
    """
    key = hashlib.scrypt(codes.tidied(code).encode(), salt=b"guong/tra-loi", n=2**14, r=8, p=1)
    return f"{ANSWERS}{key[:16].hex()}/"


def certificate_path(code: str) -> str:
    """Where what a paper says can be checked. Its code is printed for everybody, and no secret."""
    return f"{CERTIFICATES}{codes.tidied(code).lower() or '-'}/"


# Forms that send nothing: the released page a code leads to.
LOOKUPS = {"tra-loi": answer_path, "kiem-tra": certificate_path}
