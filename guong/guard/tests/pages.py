"""Texts for tests: clean ones written by hand, and a page hijacked as the first one was."""

from pathlib import Path

from guong.guard import attacks

FAMILIAR = Path(__file__).parent / "texts" / "familiar"
BRAND, SMALL = "Bến Vàng Palace", "Nhà sảnh"  # invented
HEADLINE = f"Link vào {BRAND}: Website Chính Thức - Link Mới Nhất Hôm Nay"
OFFICIAL = """Ngày 12/3, UBND tỉnh đã ban hành Công văn số 3127/UBND-NC về việc phát hiện điển hình.

Theo đó, UBND tỉnh yêu cầu các cơ quan, đơn vị nâng cao nhận thức, trách nhiệm và tăng cường sự lãnh đạo
của cấp ủy theo Chỉ thị số 41-CT/TW; tiếp tục thực hiện Kế hoạch số 918/KH-UBND trên địa bàn tỉnh
Gia Lai.

Giao Sở Nội vụ, Báo Gia Lai, Đài Phát thanh - Truyền hình Gia Lai tăng thời lượng tuyên truyền, định kỳ
06 tháng báo cáo UBND tỉnh./."""


def familiar() -> dict[str, str]:
    """The clean texts the rules were written with, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FAMILIAR.glob("*.txt"))}


def hijacked(brand: str = BRAND, small: str = SMALL) -> str:
    """The official text as a machine's find-and-replace leaves it, its headline replaced whole."""
    body = attacks.replaced(OFFICIAL, brand, small)
    return f"{HEADLINE.replace(BRAND, brand)}\n\n{body}"
