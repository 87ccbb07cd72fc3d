"""J1b: a commune sends its own list of twelve: match columns, see repairs, commit, attach pictures.

The list is the commune's own: headings nobody knows, a title above, an old font, a lost zero. Each walk
is about other people, so that the second one of a session meets nobody it has made before.
"""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

GIVEN = "An Bảo Chi Dũng Hà Khang Liên Minh Nul Oanh Phúc Quyên".split()
OLD = "TÆng hép møt TÕt cho 54 hé"


def people(width: int) -> list[str]:
    return [f"Siu Mẫu {'Bleng' if width == 360 else 'Thiưn'} {given}" for given in GIVEN]


def workbook(folder: Path, width: int) -> Path:
    """Twelve rows as the commune keeps them; the twelfth has a phone number of three digits."""
    path = folder / f"danh-sach-{width}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Xã gửi")
        old = book.add_format({"font_name": ".VnTime"})
        page.write(0, 1, "DANH SÁCH GƯƠNG TỐT")
        # The second walk of a session: the same clerk's unit has matched the first kind already.
        page.write_row(2, 0, ["Số", f"Gương mặt {width}", f"Việc đã làm {width}", "Máy gọi"])
        for number, name in enumerate(people(width)):
            page.write_row(3 + number, 0, [number + 1, name, f"Giúp {number + 3} hộ", 905123456])
        page.write(3, 2, OLD, old)
        page.write(14, 3, 113)
        page.write(15, 1, "Tổng cộng")
        page.write(15, 2, "12 người")
    return path


def pictures(folder: Path, width: int) -> Path:
    """Eleven pictures in one archive, called by the people; and one that is nobody's."""
    path = folder / f"anh-{width}.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number, name in enumerate([*people(width)[:11], "khong ro"]):
            out = io.BytesIO()
            Image.new("RGB", (64, 48), (20 * number, width % 255, 90)).save(out, "JPEG")
            packed.writestr(f"{name}.jpg", out.getvalue())
    return path


@pytest.mark.parametrize("width", [360, 1280])
def test_a_commune_nominates_twelve_from_its_own_list(visit, tmp_path, width):
    clerk = visit(width=width).log_in("introducer")

    # 1 file
    clerk.open("Nhập từ Excel").attach("Tệp Excel", workbook(tmp_path, width)).press("Xem trước")
    # 2 columns
    clerk.sees("Ghép cột").choose(f"Gương mặt {width}", "Họ và tên")
    clerk.choose(f"Việc đã làm {width}", "Thành tích").choose("Máy gọi", "Số điện thoại")
    clerk.press("Xem trước")
    # 3 preview
    clerk.sees("Tặng hộp mứt Tết cho 54 hộ").sees(OLD).sees("1 dòng cần sửa").sees("0905123456")
    clerk.press("Nhập 11 dòng").wait_for("Đã tạo 11 dự thảo đề cử")
    # 4 pictures
    clerk.follow("Gắn ảnh").attach("Ảnh, hoặc một tệp .zip đựng ảnh", pictures(tmp_path, width))
    clerk.press("Gửi ảnh").sees("không rõ của ai")
    clerk.press("Gắn ảnh").sees("Đã gắn 11 ảnh vào hồ sơ.")

    # Ten acts of the hand on four pages; what is typed is nothing.
    assert clerk.clicks <= 12

    # The list was the wrong one after all: what nobody has touched goes, pictures make a record touched.
    clerk.follow(f"danh-sach-{width}.xlsx").press("Hoàn tác danh sách này")
    clerk.sees("Giữ lại 11 hồ sơ đã có người làm tiếp.")


PASTE = """(cell, text) => {
  const copied = new DataTransfer();
  copied.setData("text/plain", text);
  cell.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true }));
}"""
COPIED = (
    "DANH SÁCH GƯƠNG TỐT\t\t\r\n"
    "Họ và tên\tNăm sinh\tThành tích\r\n"
    'Siu Mẫu Dán\t1984\t"Dạy nghề cho 12 hộ,\ntrong đó 3 hộ nghèo"\r\n'
    'Rơ Châm Mẫu Dán\t195\tTrồng 30 ha "cà phê sạch"\r\n'
    "Dòng thừa\t\t\r\n"
)
KEPT = (
    "Họ và tên\tNăm sinh\tThành tích\n"
    'Siu Mẫu Dán\t1984\t"Dạy nghề cho 12 hộ,\ntrong đó 3 hộ nghèo"\n'
    'Rơ Châm Mẫu Dán\t1950\t"Trồng 30 ha ""cà phê sạch"""\n'
    "Ksor Mẫu Dán\t\tNuôi 45 con bò"
)


@pytest.mark.parametrize("width", [360, 1280])
def test_cells_are_pasted_into_a_table_mended_by_keys_and_sent_as_text(visit, width):
    clerk = visit(width=width).log_in("introducer").open("Nhập từ Excel")
    keys, page = clerk.page.keyboard, clerk.page
    text = page.locator("textarea[name=pasted]")

    page.get_by_label("Họ và tên, dòng 1", exact=True).evaluate(PASTE, COPIED)
    clerk.sees("Đã dán 3 dòng. Đã bỏ 1 dòng tên bảng ở trên tiêu đề.")
    # From «Siu Mẫu Dán» down to the year of the second row: three digits were typed.
    for key in ("Tab", "Enter", "End"):
        keys.press(key)
    keys.type("0")
    # Down to the third row, which is not wanted, and a new one in its place.
    keys.press("ArrowDown")
    page.get_by_role("button", name="Bỏ dòng 3").click()
    page.get_by_label("Họ và tên, dòng 2", exact=True).focus()
    keys.press("Enter")
    keys.type("Ksor Mẫu Dán")
    for key in ("Tab", "Tab"):
        keys.press(key)
    keys.type("Nuôi 45 con bò")

    assert text.input_value() == KEPT
    # A cell of its own, in the middle: what is pasted goes right and down, and can be taken back.
    page.get_by_label("Năm sinh, dòng 1", exact=True).evaluate(PASTE, "1990\tMột\n1991\tHai\n")
    assert "1990\tMột\n" in text.input_value()
    page.get_by_role("button", name="Hoàn tác").click()
    assert text.input_value() == KEPT
    # Too many rows change nothing.
    many = "\n".join("Người Mẫu\t1990" for _ in range(301))
    page.get_by_label("Họ và tên, dòng 1", exact=True).evaluate(PASTE, many)
    clerk.sees("Gửi tệp Excel ở ô trên.")
    assert text.input_value() == KEPT
    # And back: the text itself, and the table again out of the text.
    page.get_by_role("button", name="Sửa dạng chữ").click()
    assert text.is_visible()
    page.get_by_role("button", name="Sửa dạng bảng").click()
    assert page.get_by_label("Thành tích, dòng 1", exact=True).input_value().count("\n") == 1

    clerk.press("Xem trước").sees("Ksor Mẫu Dán").sees("trong đó 3 hộ nghèo").sees("1950")


# The browser is not sent anywhere: what the page says while it waits is what is looked at.
SEND = """form => form.dispatchEvent(
    new SubmitEvent("submit", {bubbles: true, cancelable: true}))"""


def test_what_takes_long_shows_a_bar_and_is_sent_once(visit):
    clerk = visit(width=360).log_in("introducer").open("Nhập từ Excel")
    form, bar = clerk.page.locator("form:has(.waits)"), clerk.page.get_by_role("progressbar")

    assert form.evaluate(SEND)
    assert not bar.is_visible()  # what is quick shows none
    bar.wait_for(state="visible")
    clerk.picture("dang-doc")

    assert not form.evaluate(SEND)


def test_a_file_that_is_long_in_the_making_shows_a_bar_until_it_has_come(visit):
    officer = visit(width=360).log_in("introducer").open("Điển hình")
    page, bar = officer.page, officer.page.get_by_role("progressbar")
    link = page.get_by_role("link", name="Tải danh sách này")
    # Nothing is fetched yet: an answer that never comes is the longest.
    page.evaluate("addEventListener('click', event => event.preventDefault(), {once: true})")
    link.click()
    assert not bar.is_visible()
    bar.wait_for(state="visible")
    officer.picture("tep-dang-lam")

    mark = page.evaluate("name => new URL(document.querySelector(name).href).searchParams.get('lan')",
                         ".loads a")  # fmt: skip
    page.evaluate("mark => { document.cookie = `guong-tai-${mark}=1` }", mark)
    bar.wait_for(state="hidden")

    with page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    page.wait_for_function("() => !document.querySelector('[data-sent]')")
