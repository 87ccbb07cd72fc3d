"""What a walk through a container gives, and what all walks say when they cannot go on."""

from dataclasses import dataclass

from ..files import Refused


@dataclass(frozen=True)
class Found:
    """The bytes that may be kept, and what they are."""

    body: bytes
    content_type: str
    ending: str
    width: int = 0
    height: int = 0


def broken(name: str) -> Refused:
    return Refused(
        f"Tệp {name} hỏng, bị cắt giữa chừng hoặc có thứ khác nối vào. Xuất lại từ phần mềm rồi gửi."
    )
