"""Forms with which readers take part: plain released pages, in which the drop box answers."""

from dataclasses import dataclass

from ..site import Site
from .fixed import NOINDEX


@dataclass(frozen=True)
class Asked:
    """One field of a form; the names are those of `guong.dropbox.forms`."""

    name: str
    label: str
    kind: str = "text"  # text, tel or area
    help: str = ""
    is_optional: bool = False
    longest: int = 200


@dataclass(frozen=True)
class Form:
    """One form: its address, its words, its fields."""

    name: str
    title: str
    intro: str
    submit: str
    fields: tuple[Asked, ...]
    has_page: bool = True  # the comment's form stands under each story

    @property
    def path(self) -> str:
        return f"/{self.name}/"


ABOUT = Asked("ve", "Về bài nào, ai", help="Mã ở cuối bài (GU-…), tên bài hoặc tên người.")
NAME = Asked("toi", "Tên của bạn", longest=120)
PHONE = Asked("dt", "Số điện thoại", "tel", "Chỉ cán bộ xử lý thấy.", longest=40)
LEARN = Form(
    "hoc-theo",
    "Tôi muốn học theo",
    "Để lại lời nhắn; cán bộ nối bạn với người đã làm.",
    "Gửi lời nhắn",
    (
        ABOUT,
        NAME,
        PHONE,
        Asked("don_vi", "Bạn ở đâu, đơn vị nào", is_optional=True, longest=120),
        Asked("loi", "Bạn muốn học điều gì", "area", is_optional=True, longest=2000),
    ),
)
REMOVE = Form(
    "rut-bai",
    "Rút bài về tôi",
    "Bài về bạn hoặc người nhà được gỡ, không cần nêu lý do. Cán bộ gọi lại để biết đúng người.",
    "Xin rút bài",
    (ABOUT, NAME, PHONE, Asked("loi", "Lời nhắn", "area", is_optional=True, longest=2000)),
)
FEEDBACK = Form(
    "gop-y",
    "Góp ý về trang này",
    "Trang khó đọc ở đâu, sai ở đâu, thiếu gì? Không cần để lại tên.",
    "Gửi góp ý",
    (Asked("loi", "Góp ý của bạn", "area", longest=3000),),
)
COMPLAINT = Form(
    "phan-anh",
    "Phản ánh, khiếu nại",
    "Bài nói sai, việc không đúng, lời giới thiệu chưa được trả lời? Chỉ cán bộ đọc; không gì lên mạng.",
    "Gửi phản ánh",
    (
        ABOUT,
        Asked(
            "loi",
            "Điều gì chưa đúng",
            "area",
            "Kể việc, ngày, nơi; có ai biết nữa không.",
            longest=5000,
        ),
        Asked(
            "toi",
            "Tên của bạn",
            help="Cần khi bạn muốn được trả lời.",
            is_optional=True,
            longest=120,
        ),
        Asked("dt", "Số điện thoại", "tel", "Chỉ cán bộ xử lý thấy.", is_optional=True, longest=40),
    ),
)
COMMENT = Form(
    "binh-luan",
    "Lời bình",
    "Lời của bạn chỉ lên trang khi hai cán bộ đã đọc và đồng ý.",
    "Gửi lời bình",
    (ABOUT, NAME, Asked("loi", "Lời bình", "area", longest=1000)),
    has_page=False,
)
FORMS = (LEARN, REMOVE, FEEDBACK, COMPLAINT, COMMENT)


def pages(site: Site):
    """A page for each form, and the shell in which the drop box answers."""
    for form in FORMS:
        if form.has_page:
            yield site.page(form.path, "word.html", {"form": form})
        shell = f"/gui/{form.name}/shell.html"
        yield site.page(shell, "word.html", {"form": form}, headers=(NOINDEX,))
