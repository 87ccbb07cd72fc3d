"""J8a: somebody without an account suggests a neighbour, and reads the answer by the code."""

import re

import pytest

from .klm import Hands

SECONDS, TOLERANCE, PAGES = 45, 1.2, 4


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_citizen_suggests_a_neighbour_and_is_answered_by_code(visit, javascript):
    citizen = visit(width=360, javascript=javascript)
    office = citizen.office
    name = "Siu H'Blơn" if javascript else "Nay Pơhim"
    hands = Hands(citizen)

    citizen.go(office.portal + "/")
    hands.follow("Giới thiệu").fill("Tên người, nhóm hoặc mô hình", name)
    hands.choose("Xã, phường", "Phường Pleiku")
    hands.fill("Người ấy đã làm gì", "Mười năm dạy chữ miễn phí cho trẻ trong làng.")
    hands.press("Gửi lời giới thiệu").sees("Đã nhận, cảm ơn bạn")

    assert len(hands.pages) <= PAGES, hands.pages
    assert hands.seconds <= SECONDS * TOLERANCE, str(hands)
    code = citizen.page.locator(".promise .big").inner_text()
    assert re.fullmatch(r"GT(-[0-9A-Z]{4}){3}", code)
    citizen.look()

    answered_at_the_desk(visit, name)

    citizen.go(office.portal + "/tra-loi/").fill("Mã của bạn", code).press("Xem câu trả lời")
    citizen.follow("Mở câu trả lời").sees("Xã đã đến xem")
    assert not citizen.shows(name) and not citizen.shows(code)


def answered_at_the_desk(visit, name):
    """The Board decides and writes, a second person agrees, the newsroom releases."""
    board = visit(width=1280).log_in("secretariat").open("Tin phát hiện")
    board.wait_for(name).follow(name).sees("qua cổng")
    board.follow("Không tiếp nhận").fill("Lý do", "Đã có hồ sơ về lớp học này.")
    board.press("Không tiếp nhận").follow("Viết câu trả lời")
    board.fill("Câu trả lời", "Xã đã đến xem; lớp học này đã có hồ sơ.").press("Gửi người thứ hai")
    second = visit(width=1280).log_in("secretariat", second=True).open("Tin phát hiện")
    second.follow(name).press("Xác nhận câu trả lời").sees("Đã xác nhận")
    editor = visit(width=1280).log_in("editor").open("Cổng công khai")
    editor.press("Ký và phát hành").sees("Không có gì khác")
