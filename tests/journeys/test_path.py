"""The whole path, clicked: from a directive to a signed page and a figure, by eight people.

Each step is found by the words on the screen. The second run of the same session walks with another
row of the same list: what the first one imported is known by then.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from .visitor import Visitor

EXAMPLE = Path(__file__).parents[2] / "examples" / "danh-sach-de-cu.xlsx"
FOUND_ON_THE_SPOT = "Trưởng làng và ba hộ dân xác nhận tại chỗ."
HIJACKED = (
    "Ngày 04/8, Zarqon Vexille tỉnh đã ban hành Công văn số 311/Zarqon Vexille-NC. Zarqon Vexille "
    "tỉnh yêu cầu các cơ quan Zarqon cường sự chỉ đạo trên địa bàn tỉnh Zarqon."
)


@dataclass
class Walk:
    """One walk along the path: how wide the windows are, and who it is about."""

    visit: object
    width: int
    name: str
    number: str
    told: str = ""

    def person(self, function: str, *, second: bool = False) -> Visitor:
        return self.visit(width=self.width).log_in(function, second=second)

    def life(self, visitor: Visitor) -> Visitor:
        """The life record, by the box at the top of every page."""
        return visitor.seek(self.name).follow(self.name)

    # 1 ---
    def a_directive_is_registered_and_acknowledged(self):
        board = self.person("secretariat").open("Chỉ đạo").follow("Đăng ký văn bản")
        board.fill("Số", self.number).fill("Ký hiệu", "UBND-NC").fill("Ngày ban hành", "1/7/2026")
        board.choose("Cơ quan ban hành", "Ủy ban nhân dân")
        board.fill("Trích yếu", f"Phát hiện điển hình đợt {self.number}")
        board.fill("Hạn thực hiện", "31/12/2026").pick("Giao cho tất cả")
        board.press("Đăng ký và giao nhiệm vụ").sees("135 chưa tiếp nhận")

        clerk = self.person("introducer").open("Chỉ đạo")
        clerk.follow(f"Phát hiện điển hình đợt {self.number}")
        clerk.fill("Người phụ trách", "Cán bộ văn hóa").press("Tiếp nhận").sees("Đã tiếp nhận")

    # 2 ---
    def the_list_is_imported_after_a_preview(self):
        clerk = self.person("introducer").open("Đề cử").follow("Nhập từ Excel")
        clerk.attach("Tệp Excel", EXAMPLE).press("Xem trước")
        clerk.sees("lớp gác giữ lại").sees("Zarqon Vexille").sees("đã sửa")
        if not clerk.shows("Không còn dòng nào để nhập"):  # the first walk of this office
            clerk.press("Nhập ").wait_for("dự thảo đề cử")
        clerk.follow("Xem các dự thảo").find(self.name)
        self.criteria_are_answered(clerk)
        clerk.press("Gửi hồ sơ").sees("Đã gửi hồ sơ")

    def criteria_are_answered(self, clerk: Visitor):
        dossier = clerk.page.url
        clerk.sees("Tiêu chí C1 (bắt buộc)").follow("Mở hồ sơ gương")
        clerk.follow("Thêm minh chứng").choose("Loại", "Lời xác nhận")
        clerk.fill("Tên minh chứng", "Biên bản họp làng").fill("Lời xác nhận", "Cả làng đồng ý.")
        clerk.press("Thêm minh chứng").go(dossier)
        for code in ("C1", "C2"):
            clerk.unfold(f"tiêu chí {code}").fill("Đáp ứng thế nào", "Làng đã họp và xác nhận.")
            clerk.pick("Biên bản họp làng").press(f"Lưu tiêu chí {code}")
            clerk.sees(f"Đã lưu tiêu chí {code}")
        clerk.sees("Hồ sơ đủ để gửi")

    # 3 ---
    def it_is_verified_claim_by_claim_and_decided(self):
        board = self.person("secretariat").open("Đề cử")
        board.choose("Trạng thái", "Đã gửi").press("Lọc").find(self.name)
        board.press("Tiếp nhận").sees("Đã tiếp nhận")

        verifier = self.person("verifier").open("Xác minh")
        verifier.press(f"Nhận xác minh {self.name}")
        verifier.tap("Kết quả").pick("Đã kiểm chứng")
        verifier.fill("Hoặc ghi lời xác nhận", FOUND_ON_THE_SPOT).press("Ghi kết quả")
        verifier.tap("Kết quả").fill("Kết luận", "Đúng như hồ sơ nêu.").pick(
            "Đủ điều kiện công nhận"
        )
        verifier.press("Kết luận").sees("Đã kết luận")

        board.open("Quyết định").follow(f"Dự thảo quyết định cho {self.name}")
        board.choose("Cơ quan ban hành", "Ủy ban nhân dân").press("Lưu dự thảo").sees(
            "Chờ lãnh đạo"
        )

        leader = self.person("leader").open("Quyết định").follow(self.name)
        leader.press("Ký và cấp số").sees("/QĐ")

    # 4 ---
    def it_is_visited_told_followed_and_honoured(self):
        clerk = self.life(self.person("introducer"))
        for purpose in ("Nêu tên công khai", "Viết bài"):
            clerk.follow("Ghi nhận sự đồng ý").choose("Đồng ý việc gì", purpose)
            clerk.fill("Ai đồng ý", self.name).fill("Ngày đồng ý", "20/7/2026").press("Ghi nhận")
        clerk.follow("Ghi một lần thăm").fill("Tình hình", "Khỏe, đang mở thêm lớp.")
        clerk.fill("Lần tới", "15/6/2027").press("Ghi lần thăm").sees("15/06/2027")

        editor = self.person("editor").open("Bài viết").follow("Viết bài mới")
        editor.find(f"Tạo bài về {self.name}", role="button")
        self.told = f"Một việc nhỏ ở làng, người làng nhớ mãi ({self.number})"
        editor.fill("Tít", self.told).fill("Sapo", "Một câu chuyện về việc nhỏ mà bền.")
        editor.press("Lưu bản nháp")
        editor.go("/publicity/").follow(self.told).press("Gửi duyệt")
        editor.sees("Lớp gác không thấy gì bất thường")
        second = self.person("editor", second=True).open("Bài viết").follow(self.told)
        second.press("Duyệt bài").sees("Đã duyệt")

        other = self.person("introducer", second=True).open("Nhân rộng")
        other.follow("Tìm cách làm để học theo").find(f"Học theo {self.name}")
        other.pick("Làm theo nguyên cách").fill(
            "Học theo điều gì", "Cách vận động cả làng cùng làm."
        )
        other.fill("Người phụ trách", "Trưởng thôn").press("Đăng ký học theo").sees(self.name)

        board = self.person("secretariat").open("Tôn vinh").follow("Mở đợt tôn vinh")
        board.fill("Tên đợt tôn vinh", f"Tuyên dương {self.number}")
        board.fill("Ngày tôn vinh", "19/8/2026").choose("Nơi tổ chức", "Ủy ban nhân dân")
        board.press("Mở đợt").follow("Ghi tên đầu tiên").choose("Điển hình", self.name)
        board.fill("Vì", "Việc nhỏ mà bền").press("Ghi vào danh sách").sees("Chờ người thứ hai")
        fellow = self.person("secretariat", second=True).open("Tôn vinh")
        fellow.follow(f"Tuyên dương {self.number}").press(f"Xác nhận {self.name}")

    # 5 ---
    def it_is_released_signed_and_genuine(self):
        office = self.visit(width=self.width).office
        editor = self.person("editor").open("Cổng công khai").sees("Bản phát hành tới sẽ đổi gì")
        editor.press("Ký và phát hành").sees("Không có gì khác")
        reader = self.visit(width=self.width)
        reader.go(office.portal + "/").wait_for(self.told).follow(self.told).sees("Đã kiểm chứng")
        address = reader.page.url
        office.guong("verify", address, "--root", str(office.home / "trust" / "root.json"))

    def a_citizen_s_tip_reaches_the_office(self):
        office = self.visit(width=self.width).office
        reader = self.visit(width=self.width).go(office.portal + "/")
        reader.follow("Giới thiệu")
        reader.fill("Tên người, nhóm hoặc mô hình", f"Cô giáo làng Pơ {self.number}")
        reader.choose("Xã, phường", "Phường Pleiku").fill("Làng, thôn, tổ", "làng Pơ")
        reader.fill("Người ấy đã làm gì", "Mở tủ sách cho trẻ trong làng.")
        reader.press("Gửi lời giới thiệu").sees("Mã")
        board = self.person("secretariat").open("Tin phát hiện")
        board.wait_for(f"Cô giáo làng Pơ {self.number}")  # the worker empties the drop box
        board.follow(f"Cô giáo làng Pơ {self.number}").sees("Mở tủ sách cho trẻ")

    # 6 ---
    def it_is_counted_reported_and_looked_after(self):
        leader = self.person("leader").open("Báo cáo")
        number = leader.page.locator(".six a", has_text="D1").locator("b").inner_text()
        leader.click(leader.page.locator(".six a", has_text="D1")).sees(self.told)
        assert leader.page.locator("p.count").first.inner_text().startswith(number)

        board = self.person("secretariat").open("Báo cáo")
        report = "Lập báo cáo của kỳ"
        board.press(report) if board.shows(report) else board.follow("Mở báo cáo của kỳ")
        with board.page.expect_download() as paper:
            board.page.get_by_role("link", name="Word").click()
        made = zipfile.ZipFile(io.BytesIO(Path(paper.value.path()).read_bytes()))
        words = re.sub("<[^>]+>", " ", made.read("word/document.xml").decode())
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words

        inspector = self.person("inspector").open("Báo cáo")
        unit = inspector.office.account("introducer")["unit_name"]
        inspector.choose("Đơn vị", unit).press("Xem").press("Mở phiếu kiểm tra đơn vị này")
        inspector.choose("Kết quả câu 1", "Đạt").press("Lưu câu trả lời")
        inspector.follow("Ghi tồn tại").fill("Tồn tại", "Chưa có kế hoạch nhân rộng.")
        inspector.fill("Kiến nghị", "Ban hành kế hoạch.").fill("Hạn khắc phục", "30/11/2026")
        inspector.press("Ghi tồn tại").sees("Chưa có kế hoạch nhân rộng.")

    # 7 ---
    def a_hijacked_text_is_held(self):
        board = self.person("secretariat").open("Tin phát hiện").follow("Ghi tin")
        board.choose("Nguồn", "Báo chí").fill("Ai, hoặc mô hình nào", f"Bài báo {self.number}")
        board.fill("Việc gì", HIJACKED).choose("Đơn vị xử lý", "Sở Nội vụ").press("Ghi tin")
        board.sees("Lớp gác giữ tin này").sees("311/Zarqon Vexille-NC")


@pytest.mark.parametrize(
    ("width", "name"),
    [
        (360, "Rơ Châm H'Bliu"),
        pytest.param(1280, "Y Ngăm Niê Kriêng", marks=pytest.mark.postgres_too),
    ],
)
def test_the_whole_path(visit, width, name):
    walk = Walk(visit, width, name, number=str(width))

    walk.a_directive_is_registered_and_acknowledged()
    walk.the_list_is_imported_after_a_preview()
    walk.it_is_verified_claim_by_claim_and_decided()
    walk.it_is_visited_told_followed_and_honoured()
    walk.it_is_released_signed_and_genuine()
    walk.a_citizen_s_tip_reaches_the_office()
    walk.it_is_counted_reported_and_looked_after()
    walk.a_hijacked_text_is_held()
