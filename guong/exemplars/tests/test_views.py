import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from guong.core import files
from guong.core.models import JournalEntry
from guong.exemplars.models import Conflict, Consent, EthnicGroup, Exemplar, Hold
from guong.exemplars.tests.factories import (
    ClaimFactory,
    ConsentFactory,
    ExemplarFactory,
    HoldFactory,
    ValueFactory,
)
from guong.units.tests.factories import FieldFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def login(client, user):
    client.force_login(user, backend="guong.units.backends.AccountBackend")
    return user


@pytest.fixture
def exemplar():
    return ExemplarFactory(full_name="Trần Thị Mẫu")


@pytest.fixture
def clerk(client, exemplar):
    return login(client, UserFactory(unit=exemplar.unit, function="introducer"))


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "nhà riêng"
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("anh.jpg", out.getvalue(), "image/jpeg")


def url(name, record):
    return reverse(f"exemplars:{name}", args=[record.pk])


def errors(response) -> dict:
    return dict(response.context["form"].errors)


# --- list and export --------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_for_any_number_of_rows(client, count, django_assert_num_queries):
    unit = UnitFactory()
    for _ in range(count):
        ExemplarFactory(unit=unit, commune=unit, field=FieldFactory())
    login(client, UserFactory(function="secretariat"))

    # session, user, mandates, shares, count, rows, fields, communes, unit of the person, bell
    with django_assert_num_queries(10):
        client.get(reverse("exemplars:list"))


def names(client, **asked):
    page = client.get(reverse("exemplars:list"), asked).context["page"]
    return [row.full_name for row in page]


def test_list_is_narrowed_by_folded_words_place_field_kind_and_state(client):
    unit, field = UnitFactory(), FieldFactory()
    ExemplarFactory(full_name="Đỗ Văn Hoà", unit=unit, recognised=True)
    ExemplarFactory(full_name="Tổ tự quản", kind="collective", field=field, commune=unit)
    ExemplarFactory(full_name="Bà Sáu")
    login(client, UserFactory(function="secretariat"))

    assert names(client, tim="do  hoa") == ["Đỗ Văn Hoà"]
    assert names(client, xa=unit.pk) == ["Tổ tự quản", "Đỗ Văn Hoà"]
    assert names(client, field=field.pk) == ["Tổ tự quản"]
    assert names(client, kind="collective") == ["Tổ tự quản"]
    assert names(client, state="recognised") == ["Đỗ Văn Hoà"]
    assert names(client, state="waiting", tim="sau") == ["Bà Sáu"]


@pytest.mark.parametrize(
    "asked", [{"xa": "9" * 40}, {"field": "²"}, {"kind": "x", "state": "x"}, {"page": "-1"}]
)
def test_list_takes_no_harm_from_what_nobody_understands(client, asked):
    ExemplarFactory(full_name="Bà Sáu")
    login(client, UserFactory(function="secretariat"))

    assert names(client, **asked) == ["Bà Sáu"]


def test_list_says_what_to_do_when_it_is_empty(client):
    login(client, UserFactory(function="introducer"))
    own = client.get(reverse("exemplars:list")).content.decode()
    narrowed = client.get(reverse("exemplars:list"), {"tim": "ai"}).content.decode()
    login(client, UserFactory(function="editor"))
    other = client.get(reverse("exemplars:list")).content.decode()

    told = ["Đề cử người đầu tiên", "Bỏ lọc", "khi có đơn vị đề cử"]
    assert [[word in page for word in told] for page in (own, narrowed, other)] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_export_holds_the_rows_of_the_list_and_nothing_restricted(client):
    shown = ExemplarFactory(
        full_name="=1+1",
        birth_year=1970,
        recognised=True,
        residence="Làng Mẫu",
        introduced_on=datetime.date(2026, 3, 5),
        unit__name="Xã Mẫu A",
    )
    ValueFactory(exemplar=shown)
    ExemplarFactory(full_name="Bà Sáu")
    login(client, UserFactory(function="secretariat"))

    response = client.get(reverse("exemplars:list"), {"state": "recognised", "xuat": "xlsx"})

    rows = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=4)
    ]
    assert rows[0][:8] == [
        shown.code,
        "=1+1",
        "Cá nhân",
        "Làng Mẫu",
        None,
        "Xã Mẫu A",
        datetime.datetime(2026, 3, 5),
        "Đã công nhận",
    ]
    assert not any("Bà Sáu" in map(str, row) or "0900000000" in map(str, row) for row in rows)
    assert response["Content-Disposition"] == 'attachment; filename="danh-sach-dien-hinh.xlsx"'


# --- forms ------------------------------------------------------------------
def test_add_evidence_makes_the_picture_anew(client, clerk, exemplar):
    response = client.post(
        url("add_evidence", exemplar), {"kind": "picture", "title": "Ảnh vườn", "file": picture()}
    )

    assert response["Location"] == reverse("web:life", args=[exemplar.pk])
    evidence = exemplar.evidence.get()
    assert (evidence.title, evidence.file.name, evidence.added_by) == (
        "Ảnh vườn",
        "anh.jpeg",
        clerk,
    )
    with Image.open(files.place(evidence.file.sha256)) as kept:
        assert not kept.getexif()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Chọn một tệp"),
        (SimpleUploadedFile("a.exe", b"MZ"), "Không nhận loại tệp này"),
        (SimpleUploadedFile("a.pdf", b"MZ"), "không đúng loại"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xffxx"), "Không đọc được ảnh"),
        (SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * (20 << 20)), "lớn hơn 20 MB"),
    ],
)
def test_add_evidence_keeps_what_was_typed_beside_the_refusal(client, clerk, exemplar, file, said):
    fields = {"kind": "paper", "title": "Biên bản họp"} | ({"file": file} if file else {})

    response = client.post(url("add_evidence", exemplar), fields)

    assert said in str(errors(response)["file"])
    assert "Biên bản họp" in response.content.decode()
    assert not exemplar.evidence.exists()


def test_state_claim_and_revise_claim_through_their_forms(client, clerk, exemplar):
    client.post(
        url("state_claim", exemplar), {"statement": "Trồng rừng", "after": "2", "place": "A"}
    )
    claim = exemplar.claims.get()
    shown = client.get(url("revise_claim", claim)).content.decode()
    client.post(url("revise_claim", claim), {"statement": "Trồng rừng", "after": "3"})

    assert "Trồng rừng" in shown
    revised = exemplar.claims.current().get()
    # A field that was emptied is empty in the next version.
    assert (revised.version, revised.after, revised.place) == (2, 3, "")


def test_revise_claim_of_an_old_version_does_not_exist(client, clerk, exemplar):
    old = ClaimFactory(exemplar=exemplar)
    ClaimFactory(exemplar=exemplar, key=old.key, version=2, replaces=old)

    assert client.get(url("revise_claim", old)).status_code == 404


def test_set_picture_takes_pictures_only(client, clerk, exemplar):
    refused = client.post(
        url("set_picture", exemplar), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1")}
    )
    client.post(url("set_picture", exemplar), {"file": picture()})

    assert "Chỉ nhận ảnh" in str(errors(refused)["file"])
    exemplar.refresh_from_db()
    assert exemplar.picture.content_type == "image/jpeg"


def test_record_consent_and_withdraw_consent(client, clerk, exemplar):
    fields = {
        "purpose": "story",
        "signer": "Trần Thị Mẫu",
        "method": "paper",
        "given_on": "05/03/2026",
    }
    refused = client.post(
        url("record_consent", exemplar), fields | {"proof": SimpleUploadedFile("a.exe", b"MZ")}
    )
    client.post(url("record_consent", exemplar), fields | {"proof": picture()})
    consent = exemplar.consents.get()
    response = client.post(url("withdraw_consent", consent))

    assert set(errors(refused)) == {"proof"}
    assert (consent.given_on, consent.proof.content_type) == (
        datetime.date(2026, 3, 5),
        "image/jpeg",
    )
    assert response["Location"] == reverse("web:life", args=[exemplar.pk])
    assert Consent.objects.get().withdrawn_on


def test_withdraw_consent_twice_is_a_sentence_and_no_fault(client, clerk, exemplar):
    consent = ConsentFactory(exemplar=exemplar, withdrawn_on=datetime.date(2026, 1, 1))

    response = client.post(url("withdraw_consent", consent))

    assert (response.status_code, "rút rồi" in response.content.decode()) == (400, True)


def test_record_identity_repairs_numbers_and_never_shows_what_is_there(client, clerk, exemplar):
    fields = {"legal_basis": "Đồng ý bằng văn bản", "source": "Giấy tờ"}
    refused = client.post(
        url("record_identity", exemplar), fields | {"id_number": "12", "phone": "1"}
    )
    client.post(
        url("record_identity", exemplar),
        fields | {"id_number": "52080000123", "phone": "+84 900 000 000"},
    )
    again = client.get(url("record_identity", exemplar)).content.decode()

    assert set(errors(refused)) == {"id_number", "phone"}
    assert exemplar.identity.id_last_digits == "0123"
    assert exemplar.restricted_values.count() == 2
    assert "0900000000" not in again


def test_read_identity_is_a_post_and_leaves_a_line(client, clerk, exemplar):
    ValueFactory(exemplar=exemplar, kind="id_number", said="052080000123")

    shown = client.post(url("read_identity", exemplar)).content.decode()
    whole = client.post(url("read_identity", exemplar), {"whole": "1"}).content.decode()

    assert "•••••0123" in shown and "052080000123" not in shown and "052080000123" in whole
    assert {line.verb for line in JournalEntry.objects.all()} == {"exemplars.identity_read"}
    assert client.get(url("read_identity", exemplar)).status_code == 405


def test_describe_shows_what_is_there_and_what_was_said_counts(client, clerk, exemplar):
    shown = client.get(url("describe", exemplar)).content.decode()
    said = {"full_name": "Siu Bleng", "scope": "partial", "leadership_level": "team"}
    answer = client.post(url("describe", exemplar), said)
    refused = client.post(url("describe", exemplar), {"full_name": ""})
    exemplar.refresh_from_db()

    assert exemplar.get_kind_display() and "Chỉ để đếm." in shown
    assert answer.status_code == 302 and set(errors(refused)) == {"full_name"}
    assert (exemplar.full_name, exemplar.scope) == ("Siu Bleng", "partial")


def test_record_identity_takes_a_people_from_the_table_and_not_wishing_to_name_it(
    client, clerk, exemplar
):
    people = EthnicGroup.objects.get(name="Gia Rai")
    basis = {"legal_basis": "Đồng ý", "source": "Lời"}
    client.post(url("record_identity", exemplar), basis | {"ethnic_group": people.pk})
    first = client.post(url("read_identity", exemplar)).content.decode()
    client.post(url("record_identity", exemplar), basis | {"declined": ["ethnic_group"]})
    then = client.post(url("read_identity", exemplar)).content.decode()

    assert "Gia Rai" in first and "không muốn nêu" in then and "Gia Rai" not in then


def test_place_hold_and_lift_hold(client, exemplar):
    login(client, UserFactory(function="secretariat"))
    client.post(url("place_hold", exemplar), {"reason": "Có đơn phản ánh."})
    hold = exemplar.holds.get()
    refused = client.post(url("lift_hold", hold), {"reason": "Đã rõ."})
    login(client, UserFactory(function="inspector"))
    client.post(url("lift_hold", hold), {"reason": "Đã rõ."})

    assert refused.status_code == 403
    assert Hold.objects.get().state == "lifted"


def test_lift_hold_of_one_that_was_lifted_is_a_conflict_of_states(client, exemplar):
    login(client, UserFactory(function="inspector"))
    hold = HoldFactory(exemplar=exemplar, state="lifted")

    response = client.post(url("lift_hold", hold), {"reason": "Lần nữa."})

    assert response.status_code == 409


def test_declare_conflict_leads_away_from_the_file(client, clerk, exemplar):
    response = client.post(url("declare_conflict", exemplar))

    assert response["Location"] == reverse("exemplars:list")
    assert Conflict.objects.get().user == clerk
    assert client.post(url("declare_conflict", exemplar)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["add_evidence", "state_claim", "set_picture", "record_consent", "record_identity"],
)
def test_a_form_shows_itself_to_its_unit_and_does_not_exist_for_others(
    client, clerk, exemplar, name
):
    mine = client.get(url(name, exemplar)).status_code
    foreign = client.get(url(name, ExemplarFactory())).status_code

    assert (mine, foreign, Exemplar.objects.count()) == (200, 404, 2)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"statement": "Mô hình hàng đầu của tỉnh"}, ["«hàng đầu»"]),
        ({"summary": "Tốt nhất huyện"}, ["«nhất»"]),
        ({"statement": "Mô hình hàng đầu", "after": "12"}, []),
        ({"statement": "Dạy nghề cho bà con"}, []),
        ({"name": "hàng đầu"}, []),
    ],
)
def test_advice_points_at_big_words_without_a_figure(client, sent, told):
    client.force_login(
        UserFactory(function="introducer"), backend="guong.units.backends.AccountBackend"
    )

    words = client.post(reverse("exemplars:advise"), sent).content.decode()

    assert [word for word in ("«hàng đầu»", "«nhất»") if word in words] == told
    assert ("hint" in words) == bool(told)


def test_advice_stands_below_a_claim_that_was_saved_and_below_its_box(client):
    claim = ClaimFactory(statement="Mô hình hàng đầu của tỉnh")
    measured = ClaimFactory(exemplar=claim.exemplar, statement="Dẫn đầu xã", after=12)
    client.force_login(
        UserFactory(unit=claim.exemplar.unit, function="introducer"),
        backend="guong.units.backends.AccountBackend",
    )

    life = client.get(reverse("web:life", args=[claim.exemplar_id])).content.decode()
    form = client.get(reverse("exemplars:revise_claim", args=[measured.pk])).content.decode()

    assert "«hàng đầu» chưa có con số" in life and "«Dẫn đầu» chưa" not in life
    assert 'hx-params="statement,after"' in form and 'class="advice" role="status"' in form
