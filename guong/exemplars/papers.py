"""What a list of life records says on paper; never anything of identity, consents or holds, nor what is
known for counting only (year of birth, sex, office held)."""

from guong.core.lists import Column

COLUMNS: list[Column] = [
    ("Mã", 16, "code"),
    ("Tên", 30, "full_name"),
    ("Đối tượng", 14, "get_kind_display"),
    ("Nơi ở", 30, lambda row: ", ".join(filter(None, [row.residence, str(row.commune or "")]))),
    ("Lĩnh vực", 24, "field"),
    ("Đơn vị giới thiệu", 30, "unit"),
    ("Ngày giới thiệu", 14, "introduced_on"),
    ("Tình trạng", 22, "standing"),
    ("Công nhận ngày", 14, "recognised_on"),
]
