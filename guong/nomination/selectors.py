"""What a page or an action asks of a dossier."""

from .models import Nomination


def incomplete(nomination: Nomination) -> list[str]:
    """What still has to be there before it can be sent, in words; empty when complete."""
    missing = []
    if not nomination.claims.exists():
        missing.append("Chưa nêu thành tích nào.")
    if nomination.exemplar.batch:
        missing.append("Danh sách Excel của hồ sơ này đang nhập dở. Nhập xong rồi gửi.")
    return missing
