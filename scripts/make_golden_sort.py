"""Makes guong/core/tests/golden_sort.txt: 5,000 invented names in the order of ICU's `vi`.

Needs PyICU (on Debian: apt-get install python3-icu), which has no wheel: run it by hand with the
system's Python, commit the file. The tests only read the file.

    /usr/bin/python3 scripts/make_golden_sort.py
"""

import random
from pathlib import Path

import icu

TARGET = Path(__file__).parents[1] / "guong" / "core" / "tests" / "golden_sort.txt"
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh".split()
FAMILY += ["Ksor", "Siu", "Nay", "Kpă"]
FAMILY += ["Rơ Châm", "Rơ Mah", "Rah Lan", "Rahlan", "Niê", "Buôn Yă", "Ƀuôn", "Y", "A", "H'", "K'"]
MIDDLE = [*"Văn Thị Hữu Đức Minh Ngọc Thanh Xuân Quốc Kim Mỹ Hồng".split(), ""]
GIVEN = (
    "An Anh Ành Ảnh Ãnh Ánh Ạnh Ăn Ân Ẩn Bình Blan Bốn Cúc Chiến Dũng Duy Đăng Đeng Đức Đào Giang "
    "Hà Hạ Hải Hảo Hòa Hoà Hóa Huế Huệ Hùng Hưng Kiên Kiến Lan Liên Long Lương Mai Mẫn Mận Nam Năm "
    "Nga Ngà Nul Nhung Oanh Phúc Phước Quý Quỳ Sáng Sang Tài Tâm Tấm Tú Tư Từ Tứ Thúy Thủy Thuỷ Uyên "
    "Ưng Vân Vấn Việt Xuân Yên Yến H'Bliu H'Nguê H'Wiêm Bliu Ngăm Kriêng Wớch "
    "Êban Thiưn Toal Kơi Wơi Vel Hưl KDang Kdang Ƀlao Blao Ê-đê Êđê Ama-Thuột"
).split()


def main() -> None:
    draw = random.Random(1526)
    names = set()
    while len(names) < 5000:
        words = [draw.choice(FAMILY), draw.choice(MIDDLE), draw.choice(MIDDLE), draw.choice(GIVEN)]
        names.add(" ".join(word for word in words if word).replace("' ", "'"))
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    ordered = sorted(names, key=collator.getSortKey)
    TARGET.write_text("\n".join(ordered) + "\n", encoding="utf-8")
    print(f"{len(ordered)} names, ICU {icu.ICU_VERSION}")


if __name__ == "__main__":
    main()
