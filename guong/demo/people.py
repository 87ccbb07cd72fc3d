"""Invented names and deeds of real shapes; no real person stands here."""

import random
from dataclasses import dataclass
from decimal import Decimal

KINH_FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô"]
KINH_MIDDLE = ["Thị Mẫu", "Văn Mẫu", "Mẫu Hồng", "Mẫu Xuân", "Mẫu Thanh", "Mẫu Minh"]
KINH_GIVEN = [
    "An",
    "Bích",
    "Cường",
    "Dung",
    "Đào",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Nga",
    "Phúc",
    "Quyên",
    "Sang",
    "Tâm",
    "Uyên",
    "Vinh",
    "Yến",
]
JRAI_CLAN = ["Rơ Châm", "Siu", "Ksor", "Nay", "Kpă", "Rơ Mah", "Rah Lan"]
JRAI_GIVEN = ["H'Bliu", "H'Wiêm", "Bleng", "Thiưn", "Toal", "Kơi", "H'Ban", "Blơi"]
BAHNAR = ["Nul", "Wớch", "Đinh Nul", "Đinh Blưi", "A Hưl", "Y Liêm"]
EDE = ["Y Ngăm Niê Kriêng", "H'Nguê Êban", "Y Thao Niê", "H'Blêm Buôn Yă"]
COLLECTIVES = [
    "Tổ dệt {v}",
    "Tổ tự quản {v}",
    "Chi hội Phụ nữ {v}",
    "Đội chiêng trẻ {v}",
    "Tổ tàu cá số {n}",
    "Câu lạc bộ khuyến nông {v}",
]
MODELS = [
    "Mô hình «Vườn cà phê vần công»",
    "Mô hình «Tủ sách nhà rông»",
    "Mô hình «Ngân hàng bò»",
    "Mô hình «Bữa sáng tới trường»",
    "Mô hình «Cảng cá không rác»",
]
VILLAGES = ["làng Ghè", "làng Lang", "thôn 4", "làng Bi", "thôn An Hòa", "tổ 7", "làng Sung"]


@dataclass(frozen=True)
class Deed:
    """Something done: what it is, how it is counted, from and to."""

    field: str
    occupation: str
    labour: str
    statement: str
    second: str
    measure: str
    low: int
    high: int
    summary: str
    scene: str


DEEDS = [
    Deed(
        "nong-nghiep-nong-thon",
        "nông dân",
        "farmer",
        "Vận động các hộ đổi công cho nhau để tái canh vườn cà phê già",
        "Năng suất cà phê của các hộ tham gia tăng lên",
        "hộ",
        7,
        42,
        "Mỗi tuần cả nhóm dồn về một vườn; ai giúp bao nhiêu buổi ghi vào một cuốn sổ chung.",
        "plateau",
    ),
    Deed(
        "van-hoa-xa-hoi",
        "nghệ nhân",
        "elder",
        "Mở lớp dạy chiêng cho trẻ em trong làng vào tối thứ Bảy",
        "Đội chiêng trẻ đi biểu diễn ở các làng bên",
        "em",
        6,
        35,
        "Người già dạy, người trẻ chép lại bài chiêng; nhà rông sáng đèn mỗi tối thứ Bảy.",
        "village",
    ),
    Deed(
        "giao-duc",
        "giáo viên",
        "teacher",
        "Nấu bữa sáng cho học trò ở điểm trường xa",
        "Số ngày nghỉ học của học trò giảm",
        "học sinh",
        12,
        64,
        "Góp gạo, góp rau; phụ huynh thay nhau đứng bếp nên bữa sáng không tắt buổi nào.",
        "village",
    ),
    Deed(
        "y-te",
        "y sĩ",
        "health",
        "Đi từng nhà đo huyết áp cho người già",
        "Người bệnh được phát hiện sớm và điều trị",
        "người",
        40,
        310,
        "Mỗi tháng một vòng quanh xã, sổ theo dõi để ở nhà trưởng thôn.",
        "plateau",
    ),
    Deed(
        "moi-truong",
        "ngư dân",
        "farmer",
        "Chở rác từ khơi về bờ sau mỗi chuyến biển",
        "Các tàu trong tổ cùng chở rác về",
        "tàu",
        3,
        28,
        "Mỗi tàu một bao lưới; rác về cảng được cân và ghi sổ trước mặt mọi người.",
        "coast",
    ),
    Deed(
        "kinh-te",
        "chủ hợp tác xã",
        "entrepreneur",
        "Nhận hộ nghèo vào hợp tác xã và bao tiêu sản phẩm",
        "Hộ nghèo trong tổ giảm",
        "hộ",
        5,
        38,
        "Góp công trước, góp vốn sau; giá mua báo đầu vụ và không đổi.",
        "plateau",
    ),
    Deed(
        "quoc-phong-an-ninh",
        "tổ trưởng",
        "other",
        "Tổ chức tuần tra đường biên mỗi tuần",
        "Số buổi tuần tra có dân tham gia tăng",
        "buổi",
        12,
        96,
        "Mỗi nhà một người, đi theo lịch dán ở nhà rông.",
        "plateau",
    ),
    Deed(
        "cai-cach-hanh-chinh",
        "công chức xã",
        "civil_servant",
        "Làm hồ sơ hộ người già ngay tại thôn",
        "Thời gian trả hồ sơ rút ngắn",
        "hồ sơ",
        30,
        420,
        "Mang máy tính và máy in về thôn hai buổi mỗi tuần.",
        "village",
    ),
    Deed(
        "nguoi-tot-viec-tot",
        "thợ sửa xe",
        "worker",
        "Vá xe miễn phí cho học sinh nghèo",
        "Nhiều quán trong phường cùng làm theo",
        "xe",
        50,
        600,
        "Treo một tấm bảng nhỏ trước quán; cuối năm ghi lại bao nhiêu xe đã vá.",
        "coast",
    ),
]


@dataclass(frozen=True)
class Somebody:
    """One invented exemplar."""

    kind: str
    name: str
    birth_year: int | None
    residence: str
    deed: Deed
    before: Decimal
    after: Decimal


def somebody(draw: random.Random, number: int) -> Somebody:
    """An invented exemplar; the kinds come in the proportions a province knows."""
    deed = DEEDS[number % len(DEEDS)]
    kind = draw.choices(["individual", "household", "collective", "model"], [6, 1, 2, 1])[0]
    village = draw.choice(VILLAGES)
    return Somebody(
        kind=kind,
        name=_name(draw, kind, village, number),
        birth_year=draw.randint(1955, 2000) if kind == "individual" else None,
        residence=village,
        deed=deed,
        before=Decimal(deed.low + draw.randint(0, deed.low)),
        after=Decimal(deed.high - draw.randint(0, deed.low)),
    )


def _name(draw, kind, village, number) -> str:
    if kind == "collective":
        return draw.choice(COLLECTIVES).format(v=village, n=number + 1)
    if kind == "model":
        return f"{draw.choice(MODELS)} {village}"
    person = draw.choices(
        [
            f"{draw.choice(KINH_FAMILY)} {draw.choice(KINH_MIDDLE)} {draw.choice(KINH_GIVEN)}",
            f"{draw.choice(JRAI_CLAN)} {draw.choice(JRAI_GIVEN)}",
            draw.choice(BAHNAR),
            draw.choice(EDE),
        ],
        [5, 4, 2, 1],
    )[0]
    return f"Hộ {person}" if kind == "household" else person
