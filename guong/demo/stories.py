"""Stories of the sample province as an editor would have made them; every picture and sound is ours."""

from django.core.files.base import ContentFile

from guong.exemplars.models import Exemplar
from guong.publicity import actions as publicity
from guong.publicity.models import StoryPage
from guong.publicity.uploads import take_in
from guong.units.models import User

from . import pictures, recordings
from .people import Somebody

STEPS = (
    "Rủ ba đến năm nhà ở gần nhau, cùng một việc. Nói rõ ai giúp ai, mỗi tuần mấy buổi.",
    "Ghi vào một cuốn sổ chung trước mặt mọi người: ngày nào, ở nhà ai, ai đã đến.",
    "Sau một vụ, cùng đọc lại cuốn sổ. Ai còn thiếu buổi thì trả; nhà nào khó hơn thì làm trước.",
)
OURS = "Dự án Gương làm ra, dùng tự do"


def write(page: StoryPage, exemplar: Exemplar, one: Somebody, writer: User) -> StoryPage:
    """The text of a sample story, as an editor would have typed it; the picture is our own drawing."""
    body = (
        f"<p>Ở {one.residence}, {exemplar.unit}, chuyện bắt đầu từ một việc nhỏ. "
        f"{one.deed.statement}: lúc đầu chỉ {one.before:f} {one.deed.measure}, nay đã "
        f"{one.after:f} {one.deed.measure}.</p>"
        f"<p>{one.deed.summary}</p><h2>Muốn làm theo thì bắt đầu từ đâu</h2>"
        "<p>Bắt đầu nhỏ, với những nhà ở gần nhau. Ghi lại việc đã làm trước mặt mọi người. "
        "Ai khó hơn thì làm trước.</p>" + page.body.partition("<p></p>")[2]
    )
    deed = one.deed.statement
    return publicity.revise(
        page=page,
        by=writer,
        picture=pictures.picture(exemplar.pk, one.deed.scene),
        title=f"{exemplar.full_name}: {deed[0].lower()}{deed[1:]}",
        lead=one.deed.summary,
        body=body,
        byline="Tòa soạn (mẫu)",
        picture_source="Tranh vẽ của dự án Gương",
        picture_alt=f"Tranh vẽ phong cảnh {one.residence} với người đội nón",
    )


def add_steps(page: StoryPage, writer: User) -> None:
    """How it is done, step by step; the first with a drawing."""
    drawn = {
        "picture": page.picture,
        "picture_alt": "Tranh vẽ nơi mấy nhà cùng làm",
        "picture_source": page.picture_source,
    }
    steps = [("step", {"text": text} | (drawn if text == STEPS[0] else {})) for text in STEPS]
    publicity.revise(page=page, by=writer, steps=steps)


def _add_film(page: StoryPage, writer: User) -> None:
    film = ContentFile(recordings.film(), name="mat-troi-len.mp4")
    publicity.add_recording(
        page=page,
        taken=take_in(film, by=writer),
        by=writer,
        title="Mặt trời lên (phim mẫu)",
        source="Máy vẽ, cho dữ liệu mẫu",
        rights=OURS,
        captions=recordings.CAPTIONS.encode(),
    )


def _add_sound(page: StoryPage, writer: User) -> None:
    sound = ContentFile(recordings.sound(), name="tam-tieng-go.wav")
    publicity.add_recording(
        page=page,
        taken=take_in(sound, by=writer),
        by=writer,
        title="Tám tiếng gõ (âm thanh mẫu)",
        source="Máy tạo, cho dữ liệu mẫu",
        rights=OURS,
        transcript=recordings.TRANSCRIPT,
    )


RECORDED = {0: _add_film, 1: _add_sound}  # which stories, by their number


def in_english(page: StoryPage, exemplar: Exemplar, translator: User) -> StoryPage:
    """The story told in English: content of its own, with the page around it left Vietnamese."""
    version = publicity.start_version(page=page, lang="en", by=translator)
    return publicity.revise(
        page=version,
        by=translator,
        title=f"{exemplar.full_name}: one small thing, done every week",
        lead="A few neighbours began to help each other and wrote every visit down in one book.",
        body=(
            "<p>It began with a few households living close to each other. Each week they went to "
            "one garden together, and whoever came was written down in front of everybody.</p>"
            "<p>After one harvest they read the book aloud and settled what was still owed. Those "
            "who had it hardest were helped first.</p>"
        ),
        byline="Tòa soạn (mẫu)",
        picture_alt="A drawing of hills and fields with people in conical hats",
    )
