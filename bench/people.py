"""A province of invented people and deeds, and ways in which one of them is typed a second time.

All words are ours; nobody is meant. The same seed gives the same province.
"""

import random
import re
import unicodedata
from dataclasses import dataclass, replace

FAMILY = """Nguyễn Trần Lê Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Phan
Trương Đoàn Tạ Mai Cao Hà""".split()
MIDDLE = (
    "Văn Thị Minh Hữu Ngọc Thanh Đức Xuân Thu Kim Quốc Đình Công Hoài Bảo Gia Khánh Tuấn Mỹ".split()
)
GIVEN = """An Ân Bình Bích Cường Chiến Chi Dung Dũng Duyên Đào Đạt Điệp Giang Hà Hải Hằng Hạnh Hiền Hiếu
Hoà Hoàng Hùng Hương Hường Huệ Khánh Khoa Kiên Lan Lâm Liên Linh Loan Long Lộc Mai Mận Minh Nam
Nga Ngân Nghĩa Nhàn Nhung Oanh Phong Phúc Phương Quang Quyên Quý Sang Sơn Sương Tâm Tân Thắng
Thảo Thơm Thuận Thuỷ Tiến Toàn Trang Trí Trung Tú Tùng Uyên Vân Vinh Vui Xuyến Yến""".split()
CLAN = ["Rơ Châm", "Siu", "Ksor", "Nay", "Kpă", "Rơ Mah", "Rah Lan", "Rô", "Hiao", "Đinh"]
OWN = """H'Bliu H'Wiêm Bleng Thiưn Toal Kơi H'Ban Blơi H'Nguê Hyưn Phiơr H'Lai Thuyên Jut H'Rin Krưng
Byơng Nhơp H'Yen Glưh Pơl Tlơi H'Mơn Kruih""".split()
PLACE = """Ghè Lang Bi Sung Kép Mơ Ia Lơm Plei Hle Đê Tung Ốp Bông Kon Rạng Tơ Pung Hòa An Lộc Phú Gò Đồi
Suối Bầu Cát Chánh Thắng Trung Đá Bàn""".split()
WHO = [
    "hộ dân",
    "gia đình",
    "hội viên",
    "thanh niên",
    "phụ nữ trong làng",
    "cựu chiến binh",
    "bà con",
]
DID = """vận động|cùng|hướng dẫn|giúp|kết nối|tổ chức cho|dạy|rủ""".split("|")
WHAT = """trồng xen cà phê với sầu riêng|góp đất mở rộng đường vào rẫy|nuôi bò nhốt chuồng bán công
nghiệp|giữ nghề dệt thổ cẩm|dẫn nước từ suối về bể chung|học chữ buổi tối ở nhà rông|lắp đèn
năng lượng mặt trời dọc đường làng|thu gom rác nhựa trên biển|trồng rừng gỗ lớn trên đất
trống|làm hố tiêu hợp vệ sinh|chuyển sang lúa nước hai vụ|lập quỹ tiết kiệm xoay vòng| sửa nhà
cho người già neo đơn|phục dựng đội chiêng trẻ|làm du lịch tại nhà sàn|nuôi ong lấy mật dưới tán
rừng|may áo ấm cho học sinh nội trú|đóng tàu vỏ thép đi khơi xa|tuần tra giữ rừng đầu nguồn|hiến
máu định kỳ"""
RESULT = """
thu nhập tăng gấp rưỡi|không còn ai bỏ học giữa chừng|mùa khô không thiếu nước|làng hết hộ đói
giáp hạt|đường xe tải vào tận rẫy|nợ vay trả đúng hạn|trẻ em biết bơi và đọc thông|người già
được thăm mỗi tuần|năm sau nhiều thôn xin học cách làm|rác không còn trôi ra cửa biển|sản phẩm
bán được ra tỉnh ngoài|ban đêm ai cũng dám ra đường"""
HOW = """mỗi tuần dồn công về một nhà|ghi sổ chung ai cũng xem được|bắt đầu từ rẫy nhà mình|đi xe máy tới
từng bếp lửa nói chuyện| xin giống của trạm khuyến nông rồi nhân ra|họp làng bàn đủ ba lần mới
làm|lấy lãi mùa trước giúp người mùa sau|mời già làng nói trước"""
LIKE = {
    "vận động": "động viên",
    "hướng dẫn": "chỉ dẫn",
    "gia đình": "hộ gia đình",
    "giúp": "hỗ trợ",
    "tổ chức cho": "giúp cho",
}


def parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


WHATS, RESULTS, HOWS = parts(WHAT), parts(RESULT), parts(HOW)


@dataclass(frozen=True)
class Person:
    """Somebody and what they did."""

    full_name: str
    birth_year: int | None
    commune: int | None
    residence: str
    deed: str
    other_names: str = ""


class Province:
    """Draws people; `communes` are the keys of the home's own."""

    def __init__(self, seed: int, communes: list[int]):
        self.draw = random.Random(seed)
        self.communes = communes

    def name(self) -> str:
        pick = self.draw.choice
        if self.draw.random() < 0.35:
            return " ".join(
                [pick(CLAN), *([pick(["Y", "Thị"])] if self.draw.random() < 0.2 else []), pick(OWN)]
            )
        return " ".join(
            [pick(FAMILY), *self.draw.sample(MIDDLE, self.draw.choice([1, 1, 2])), pick(GIVEN)]
        )

    def village(self) -> str:
        kind = self.draw.choice(["làng", "thôn", "làng", "tổ"])
        return " ".join([kind, *self.draw.sample(PLACE, 2)])

    def deed(self, village: str) -> str:
        draw = self.draw
        did = f"{draw.choice(DID)} {draw.randint(5, 240)} {draw.choice(WHO)}"
        first = f"{did} {village} {draw.choice(WHATS)}"
        counted = draw.choice(["ha", "con", "hộ", "suất", "buổi"])
        rest = [
            f"từ {draw.randint(2, 40)} lên {draw.randint(41, 400)} {counted}",
            f"góp {draw.randint(3, 900)} triệu đồng",
            f"từ tháng {draw.randint(1, 12)}/{draw.randint(2019, 2026)}",
            draw.choice(RESULTS),
            draw.choice(HOWS),
        ]
        draw.shuffle(rest)
        said = ", ".join([first, *rest[: draw.randint(2, 4)]])
        return said[0].upper() + said[1:] + "."

    def person(self) -> Person:
        village = self.village()
        return Person(
            full_name=self.name(),
            birth_year=self.draw.randint(1940, 2008) if self.draw.random() < 0.93 else None,
            commune=self.draw.choice(self.communes),
            residence=village.capitalize() if self.draw.random() < 0.8 else "",
            deed=self.deed(village),
        )

    # --- The same once more ----------------------------------------------------------------------
    def again(self, one: Person) -> tuple[str, Person]:
        """The person typed a second time: one to three things differ; what was done first is named."""
        ways = self.draw.sample(sorted(WAYS), self.draw.randint(1, 3))
        for way in ways:
            one = WAYS[way](self, one)
        return ways[0], one

    def under_another_name(self, one: Person) -> Person:
        """Another unit tells of the same deed: another person is named, or the village."""
        told = self.shuffled(one)
        return replace(told, full_name=self.name(), birth_year=self.draw.randint(1940, 2008))

    def without_marks(self, one):
        bare = unicodedata.normalize("NFD", one.full_name.replace("đ", "d").replace("Đ", "D"))
        return replace(one, full_name=re.sub("[\u0300-\u036f]", "", bare))

    def in_capitals(self, one):
        return replace(one, full_name=one.full_name.upper())

    def decomposed(self, one):
        return replace(
            one,
            full_name=unicodedata.normalize("NFD", one.full_name),
            deed=unicodedata.normalize("NFD", one.deed),
        )

    def turned(self, one):
        words = one.full_name.split()
        return replace(one, full_name=" ".join([words[-1], *words[:-1]]))

    def shortened(self, one):
        words = one.full_name.split()
        if len(words) < 3:
            return one
        return replace(
            one, full_name=" ".join([*(f"{word[0]}." for word in words[:-1]), words[-1]])
        )

    def respelt(self, one):
        name = one.full_name
        for before, after in (
            ("Rơ Châm", "Rchom"),
            ("Rơ Mah", "Rmah"),
            ("Rah Lan", "Rahlan"),
            ("H'", "H’"),
        ):
            name = name.replace(before, after)
        return replace(
            one, full_name=name.replace("oà", "òa").replace("uỷ", "ủy").replace("Mỹ", "Mĩ")
        )

    def mistyped(self, one):
        """A slip in the given name: what no key of a name finds."""
        name = one.full_name
        at = self.draw.randrange(name.rfind(" ") + 1, len(name))
        slip = self.draw.choice("aeionghtr")
        typed = self.draw.choice([name[:at] + slip + name[at:], name[:at] + slip + name[at + 1 :]])
        return replace(one, full_name=typed)

    def cropped(self, one):
        words = one.deed.split()
        return replace(one, deed=" ".join(words[: max(10, len(words) * 2 // 3)]))

    def shuffled(self, one):
        said = one.deed.rstrip(".").split(", ")
        self.draw.shuffle(said)
        deed = ", ".join(said)
        for before, after in LIKE.items():
            deed = deed.replace(before, after)
        return replace(one, deed=deed)

    def redated(self, one):
        deed = re.sub(r"tháng (\d)/(\d{4})", r"tháng 0\1-\2", one.deed)
        return replace(one, deed=deed)

    def without_year(self, one):
        return replace(one, birth_year=None)

    def without_place(self, one):
        return replace(one, commune=None, residence="")

    def another_deed(self, one):
        """The same person, praised for something else."""
        return replace(one, deed=self.deed(self.village()))

    # --- Others who only look alike --------------------------------------------------------------
    def namesake_elsewhere(self, one):
        """Same name, same year, another commune, another deed."""
        other = self.draw.choice([pk for pk in self.communes if pk != one.commune])
        return replace(one, commune=other, residence="", deed=self.deed(self.village()))

    def namesake_of_another_age(self, one):
        """A father and a son: same name, same village, a generation apart."""
        year = (one.birth_year or 1970) + self.draw.choice([-27, -23, 22, 25, 31])
        return replace(one, birth_year=min(2010, max(1930, year)), deed=self.deed(self.village()))

    def neighbour_of_the_same_work(self, one):
        """Another person of the village; the same words, other figures."""
        deed = re.sub(r"\d+", lambda found: str(int(found[0]) + self.draw.randint(1, 9)), one.deed)
        return replace(
            one, full_name=self.name(), birth_year=self.draw.randint(1940, 2008), deed=deed
        )

    def brother(self, one):
        """Same family and middle name, same village, about the same age, another given name."""
        words = one.full_name.split()
        given = self.draw.choice([name for name in GIVEN + OWN if name != words[-1]])
        year = (one.birth_year or 1970) + self.draw.choice([-3, -2, 2, 3, 4])
        return replace(
            one,
            full_name=" ".join([*words[:-1], given]),
            birth_year=year,
            deed=self.deed(self.village()),
        )

    def another_marked_name(self, one):
        """Hùng and Hưng: one without marks, two with them; another commune."""
        names = [name for name in GIVEN if bare(name) == bare(one.full_name.split()[-1])]
        given = self.draw.choice(names or [one.full_name.split()[-1]])
        return self.namesake_elsewhere(
            replace(one, full_name=" ".join([*one.full_name.split()[:-1], given]))
        )


def bare(text: str) -> str:
    return re.sub(
        "[\u0300-\u036f]", "", unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    )


WAYS = {
    name: getattr(Province, name)
    for name in """without_marks in_capitals decomposed turned shortened respelt mistyped
    cropped shuffled
    redated without_year without_place""".split()
}
HARD = {
    name: getattr(Province, name)
    for name in """namesake_elsewhere namesake_of_another_age neighbour_of_the_same_work brother
    another_marked_name""".split()
}
