"""The grammar of official text: numbers of documents, slots, bound syllables, strangers."""

import pytest

from guong.guard import gazetteer, scorer

NAMES = gazetteer.default()


def found(text: str) -> set[tuple[str, str]]:
    return {(reason.code, reason.text) for reason in scorer.check(text, NAMES).reasons}


@pytest.mark.parametrize(
    "number",
    [
        "Công văn số 2210/UBND-KGVX", "Kế hoạch số 918/KH-UBND", "Quyết định số 09/2015/QĐ-UBND",
        "Luật số 06/2022/QH15", "Nghị quyết số 1664/NQ-UBTVQH15", "Nghị định 152/2025/NĐ-CP",
        "Chỉ thị số 41-CT/TW", "Chỉ thị 19-CT/TU", "Hướng dẫn số 36-HD/VPTW", "05-NQ/ĐH",
        "Tờ trình số 377/TTr-BTĐKT", "Thông tư liên tịch số 07/2014/TTLT-BNV-BTC", "số 12a/2019/QĐ-UBND",
        "cáo trạng số 22/CT-VKS-P1", "Quyết định số 31/2025/QĐXXST-HS", "số 5571/QĐ-BCA",
        "hợp đồng số 05/2025/HĐMB-HTX", "Báo cáo số 389/BC-CAT", "Quyết định số 1526/QĐ-TTg",
        "Công điện số 17/CĐ-UBND", "công văn số 1194/VPUBND-HCQT", "số 15/QĐ-PC02", "Số: …/KH-UBND",
        "18/19 vụ, 24/7, ngày 04/8/2023, 1/4 diện tích, 5.000 đồng/kg, tỷ lệ 3/3",
        "số 12/3 Lê Lợi, lớp 5/A, số 15/B, 10-15 triệu/ha, tr.đ/ng/th",
    ],
)  # fmt: skip
def test_a_number_as_offices_write_it_passes(number):
    assert found(f"Theo {number} nói trên.") == set()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Công văn số 12/Bến Vàng-NC về việc", "12/Bến Vàng-NC"),
        ("Kế hoạch số 12/KH-Lucky Sampan ngày 3/4", "12/KH-Lucky Sampan"),
        ("(12/KH-Sampan)", "12/KH-Sampan"),
        ("số 12/2024/QĐ-Nhà sảnh", "12/2024/QĐ-Nhà"),
        ("Chỉ thị số 41-CT/Bến Vàng ngày", "41-CT/Bến Vàng"),
        ("Chỉ thị số 41-Rồng Biển/TW", "41-Rồng Biển/TW"),
        ("Quyết định số 12/TRAUBET-NC", "12/TRAUBET-NC"),
        ("Quyết định số 12/QĐ-SAMPAN", "12/QĐ-SAMPAN"),
        ("Quyết định số 12/QĐ-VS88 ngày", "12/QĐ-VS88"),
        ("Số: …/KH-Sampan", "…/KH-Sampan"),
    ],
)
def test_a_number_no_office_writes_is_named(text, number):
    assert ("document_number", number) in found(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("trên địa bàn tỉnh Nhà sảnh, để", ("province", "Nhà sảnh")),
        ("tại tỉnh Lucky Sampan có", ("province", "Lucky Sampan")),
        ("đăng trên Báo Nhà sảnh số ra", ("province", "Nhà sảnh")),
        ("Đài Phát thanh - Truyền hình Bến Vàng đưa tin", ("province", "Bến Vàng")),
        ("Đài PT-TH Nhà sảnh đưa tin", ("province", "Nhà sảnh")),
        ("người dân xã Lucky Kingdom nói", ("province", "Lucky Kingdom")),
        ("Ngày 04/8, Rồng Biển tỉnh đã ban hành", ("agency", "Rồng Biển")),
        ("Vừa qua, Nhà sảnh tỉnh yêu cầu", ("agency", "Nhà sảnh")),
        ("Chủ tịch Rồng Biển tỉnh Gia Lai gửi thư", ("agency", "Rồng Biển")),
        ("tặng giấy khen. Lucky Sampan xã cấp thẻ", ("agency", "Lucky Sampan")),
        ("Tôi đề nghị Rồng Biển các xã, phường", ("agency", "Rồng Biển")),
        ("Hôm qua, Rồng Biển vừa ban hành Quyết định", ("agency", "Rồng Biển")),
        ("Trụ sở HĐND - Rồng Biển tỉnh", ("agency", "Rồng Biển")),
        ("chúng ta phải Rồng Biển hơn nữa", ("verb", "Rồng Biển")),
        ("giúp bà con Lucky Sampan thu nhập", ("verb", "Lucky Sampan")),
        ("số hộ khá Rồng Biển gấp đôi năm ngoái", ("verb", "Rồng Biển")),
    ],
)
def test_a_name_in_a_slot_it_cannot_fill_is_named(text, span):
    assert span in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Phó Chủ tịch UBND tỉnh Rơ Châm Ví Dụ cho biết",
        "tỉnh Ratanakiri, tỉnh Attapeu, tỉnh Gyeonggi (Hàn Quốc), tỉnh Nghĩa Bình cũ",
        "các tỉnh Tây Nguyên, tỉnh Đắk Lắk, tỉnh ĐẮK LẮK, tỉnh Đăk Nông, tỉnh Bà Rịa-Vũng Tàu",
        "Báo Nhân Dân, Báo Tuổi Trẻ, Báo cáo, báo Xuân, tờ báo Mainichi (Nhật Bản)",
        "Đài Phát thanh - Truyền hình Bình Định, Đài Truyền hình Việt Nam, Đài PT-TH tỉnh",
        "Sở Khoa học và Công nghệ tỉnh đã ban hành Hướng dẫn; Thường trực HĐND tỉnh yêu cầu",
        "Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh đã tổ chức",
        "Trường Mầm non Hoa Hồng phường Hội Phú; Nhà văn hóa thôn Phú Mỹ xã Tuy Phước",
        "ông Rơ Châm Bôn xã Ia O, bà Nguyễn Thị Mẫu phường Quy Nhơn, làng Plei Lao xã Ia O",
        "phường Pleiku tỉnh Gia Lai; toàn tỉnh, cấp tỉnh, lãnh đạo tỉnh yêu cầu, tỉnh nhà",
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh trao giải",
        "doanh thu của Samsung Electronics tăng 15%, anh Kpuih Phim thu nhập 200 triệu",
    ],
)
def test_names_in_their_slots_pass(text):
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("nâng cao trách nhiệm và Bến Vàng cường sự chỉ đạo", "cường"),
        ("các cấp cần sảnh cường công tác", "cường"),
        ("sảnh khích người dân tham gia", "khích"),
        ("công tác sảnh dưỡng gương tốt", "dưỡng"),
        ("Rồng Biển hành Quyết định số", "hành quyết định"),
        ("sảnh ban nhân dân xã", "ban nhân dân"),
    ],
)
def test_half_of_a_pair_alone_is_named(text, word):
    assert ("broken_pair", text[text.lower().index(word) :][: len(word)]) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "tăng cường, kiên cường, cường độ, tự cường; anh Cường, chị Khích",
        "khuyến khích, khuyến nông, bồi dưỡng, nghỉ dưỡng, điều dưỡng, dưỡng sinh",
        "ban hành Quyết định, thi hành quyết định, chấp hành nghị quyết, điều hành kế hoạch",
        "tăng\ncường tuyên truyền; tuyên dương; phát huy, huy động, chỉ huy, trách nhiệm, chủ nhiệm",
    ],
)
def test_whole_pairs_pass(text):
    assert found(text) == set()


def test_a_stranger_is_found_wherever_else_it_stands():
    text = (
        "Lucky Sampan tỉnh đã ban hành Kế hoạch. Cán bộ phải tự học. Đề nghị Lucky Sampan trả lời."
    )

    assert found(text) == {("agency", "Lucky Sampan"), ("foreign_term", "Lucky Sampan")}


def test_one_foreign_term_as_verb_and_as_body_is_a_stranger():
    text = "Giám đốc Lucky Sampan nói: bà con phải Lucky Sampan nữa."

    assert ("foreign_term", "Lucky Sampan") in found(text)


def test_the_gazetteer_of_an_office_adds_its_own_names():
    text = "Báo Trăng Mới đưa tin, UBND xã Bom Bo. Xem tại langmoi.vn, số 12/QĐ-LANGMOI."

    ours = NAMES.plus(communes=["Trăng Mới"], hosts=["langmoi.vn"], agency_codes=["LANGMOI"])

    assert {reason.code for reason in scorer.check(text, NAMES).reasons} == {
        "province", "unknown_host", "document_number",
    }  # fmt: skip
    assert scorer.check(text, ours).verdict == "pass"
