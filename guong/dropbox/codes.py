"""The code a visitor takes home: «GT-7KQ2-9MXD-4TBA»."""

import hashlib
import uuid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read over the phone
PREFIXES = {
    "gioi-thieu": "GT",
    "hoc-theo": "HT",
    "rut-bai": "RB",
    "gop-y": "GY",
    "binh-luan": "LB",
}
GROUPS, GROUP_LENGTH = 3, 4  # 60 bits: nobody guesses another one's code


def code_of(form: str, key: uuid.UUID) -> str:
    """The code of a submission. The office finds it again from the id it keeps."""
    number = int.from_bytes(hashlib.sha256(key.bytes).digest()[:8])
    signs = []
    for _ in range(GROUPS * GROUP_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    groups = zip(*[iter(signs)] * GROUP_LENGTH, strict=True)
    return "-".join([PREFIXES[form], *("".join(group) for group in groups)])
