"""Clean texts composed by chance, for measuring: the second set beside the one written by hand.

Nothing of it is in the training of the surprise model (training/), and no person in it exists. Papers,
stories and the hard ones: news of the police, words of the Highlands' peoples, quotations.
"""

import random

PAPERS = (
    "UBND tỉnh Gia Lai vừa có Công văn số {n}/UBND-NC gửi các sở, ban, ngành và UBND các xã, phường.",
    "Theo đó, các địa phương rà lại danh sách, bổ sung người còn sót và gửi về {body} trước ngày {d}.",
    "Mỗi xã chọn ít nhất {k} gương, ưu tiên người làm việc ở thôn, làng, người lao động trực tiếp.",
    "Căn cứ Kế hoạch số {n}/KH-UBND ngày {d}/2025 của UBND tỉnh, {body} hướng dẫn một số điểm như sau.",
    "Các đơn vị tăng cường phối hợp, không để trùng lặp, không gây phiền hà cho cơ sở.",
    "{body} tổng hợp, trình UBND tỉnh Gia Lai trong quý {q}.",
    "Đến hết tháng {m}, {k} đơn vị đã gửi báo cáo, còn {q} đơn vị gửi chậm so với yêu cầu.",
    "Kết quả chấm được niêm yết tại nhà sinh hoạt của thôn bảy ngày để ai cũng xem được.",
    "Người được giới thiệu phải tự nguyện, được tập thể nơi ở hoặc nơi làm việc tán thành.",
    "Thành phần dự họp gồm đại diện Mặt trận, các đoàn thể và trưởng các thôn.",
    "Đề nghị Thủ trưởng các đơn vị quan tâm, chỉ đạo thực hiện đúng tinh thần văn bản này.",
    "Thu nhập của các hộ tham gia tăng từ {k} lên {n} triệu đồng một năm.",
    "Sản lượng năm qua tăng gần gấp đôi, chi phí lại giảm {k} phần trăm.",
    "Ai làm tốt thì biểu dương trước dân, ai làm chưa được thì nói rõ vì sao.",
)  # fmt: skip
STORIES = (
    "Ở {place}, nhắc tới {who} thì từ cụ già tới em nhỏ đều biết.",
    "Hồi mới bắt tay vào, trong túi {who} chỉ có hơn {k} triệu đồng đi mượn của người quen.",
    "Vụ đầu thất bại, vườn cây úa vàng, {who} vẫn không nản, ngày nào cũng ra thăm từng gốc.",
    "Từ {k} hộ lúc ban đầu, nay nhóm đã có {n} hộ ở cả ba thôn cùng làm.",
    "Tiền dư cuối năm, cả nhóm bàn nhau mua thêm một chiếc máy cắt cỏ dùng chung.",
    "Chiều xuống, khói bếp bay lên từ những mái nhà, tiếng trẻ con gọi nhau ngoài sân.",
    "Mấy đứa nhỏ tan học lại chạy sang, đứa xin cuốn truyện, đứa nhờ chỉ bài toán khó.",
    "Hỏi bí quyết, {who} chỉ nói gọn rằng phải làm thật, đừng làm cho có.",
    "Trận bão năm ngoái cuốn đi gần hết mái tôn, hàng xóm mỗi người một tay dựng lại trong hai ngày.",
    "Người ở xa nghe tiếng cũng tìm về xem, có đoàn đi từ sáng sớm, tối mịt mới về.",
    "Có hôm trời mưa như trút, {who} vẫn khoác áo tơi đi báo cho từng nhà dời đồ lên cao.",
    "Thấy vậy, xã cho mượn luôn căn phòng bỏ không để làm chỗ sinh hoạt.",
    "UBND tỉnh Gia Lai đã tặng Bằng khen, nhưng {who} cất trong tủ, ít khi đem khoe.",
    "Giờ thì con đường trước cửa đã rộng, xe chở lúa vào tận ruộng, ai cũng mừng.",
    "Nuôi được {k} lứa, trừ hết các khoản còn lãi chừng {n} triệu, đủ lo cho hai con ăn học.",
    "Việc gì khó thì đưa ra họp, già trẻ cùng nói, nói xong mới làm.",
)  # fmt: skip
HARD = (
    "Công an xã cho hay, nhóm này dụ người chơi nạp tiền vào một trang cá cược rồi khóa tài khoản.",
    "Tại phiên tòa, bị cáo khai đã nhận cá độ qua điện thoại suốt {k} tháng, thu lợi {n} triệu đồng.",
    "Ai nhận được tin mời chào «việc nhẹ lương cao» thì báo ngay cho Công an, không bấm vào liên kết.",
    "Già Rơ Mah Bleng và bà Ksor H'Bliu chỉnh lại dàn chiêng aráp cho làng Plei Ơi.",
    "Trong tiếng Bahnar, người ta gọi nhà chung là «rông», lễ mừng nhà mới là «et đông».",
    "Nghệ nhân Đinh Blưi kể khan từ chập tối tới khi gà gáy, đám trẻ ngồi nghe không chớp mắt.",
    "Cơ quan điều tra đã bắt tạm giam {k} người trong đường dây ghi số đề ở {place}.",
    "Ông bảo: «Tôi từng thua bạc tới mức bán cả đàn bò, nay thấy ai rủ là tôi can».",
    "Chị Siu H'Lan dịch bài hát tiếng Jrai «Adôh hrơi phrâo» cho thầy cô nghe.",
    "Báo chí nước ngoài gọi vùng này là «the roof of the highlands», du khách tìm tới ngày một đông.",
)  # fmt: skip
WHO = ("anh Mẫu", "chị Mẫu", "bà Năm", "ông Tư", "cô Út", "già làng", "bác Sáu", "thầy Mẫu")
PLACES = ("làng Ghè", "thôn 4", "xã Ia Grai", "phường Quy Nhơn", "làng Lang", "xã Đak Đoa")
BODIES = ("Sở Nội vụ", "Văn phòng UBND tỉnh", "Ủy ban MTTQ Việt Nam tỉnh", "Hội Nông dân tỉnh")
KINDS = {"plain": (PAPERS, STORIES), "hard": (HARD,)}


def compose(kind: str, draw: random.Random) -> str:
    """One clean text: a paper or a story, a hard one with two or three sentences that are hard."""
    chosen = draw.sample(draw.choice((PAPERS, STORIES)), 8)
    if kind == "hard":
        for place, sentence in enumerate(draw.sample(HARD, 3)):
            chosen.insert(draw.randint(0, 6 + place), sentence)
    who, place = draw.choice(WHO), draw.choice(PLACES)
    told = [
        sentence.format(
            n=draw.randint(40, 900), k=draw.randint(3, 30), q=draw.randint(1, 4), m=draw.randint(2, 11),
            d=f"{draw.randint(1, 28)}/{draw.randint(1, 12)}", body=draw.choice(BODIES), who=who,
            place=place,
        )
        for sentence in chosen
    ]  # fmt: skip
    told = [one[0].upper() + one[1:] for one in told]
    return f"{' '.join(told[:4])}\n\n{' '.join(told[4:])}\n"


def texts(kind: str, number: int, seed: int) -> list[str]:
    """So many texts of one kind («plain», «hard»), the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 (figures that can be repeated, no secret)
    return [compose(kind, draw) for _ in range(number)]
