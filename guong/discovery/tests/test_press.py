"""Newspapers: one visit of a source, articles kept once, a lead by one click."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from guong.core import calendar
from guong.core.models import JournalEntry
from guong.core.queue import run_all
from guong.core.states import IllegalMove
from guong.discovery import actions, articles, jobs, watching
from guong.discovery.articles import Article, Link
from guong.discovery.fetching import Fetched, NotFetched
from guong.discovery.models import Lead, PressItem, PressSource
from guong.exemplars.tests.factories import ConflictFactory
from guong.units.tests.factories import UnitFactory, UserFactory, system_user

from .factories import LeadFactory, PressItemFactory, PressSourceFactory
from .servers import RSS, STORY, Page, feed, paper

pytestmark = pytest.mark.django_db

SUSPECT = "Công văn số 12/ZZ-Qwerty của UBND tỉnh Qwerty."


@pytest.fixture
def press():
    with paper() as running:
        yield running


@pytest.fixture
def board():
    return UserFactory(function="secretariat")


def article(text="Bà Siu Mẫu dạy chữ miễn phí cho trẻ trong làng suốt mười năm.", **more):
    return Article("Lớp đêm", text, **more)


def visit(source, press):
    return watching.visit(
        source, by=system_user(), fetcher=press.fetcher(), pause=lambda seconds: None
    )


def source_of(press, path="/rss", **fields):
    return PressSourceFactory(address=press.address(path), is_switched_on=True, **fields)


# --- Words of pages ----------------------------------------------------------------
def got(body: str, content_type="text/html", charset="utf-8", address="https://bao.example/muc/"):
    return Fetched(address, body.encode(), content_type, charset)


def test_the_words_of_an_article_come_without_menus():
    found = articles.article_of(got(STORY), Link("https://bao.example/1.html"))

    assert found.title == "Người mở lớp đêm"
    assert "dạy chữ miễn phí" in found.text
    assert "Bản quyền" not in found.text and "Thể thao" not in found.text


def test_a_page_without_an_article_is_told():
    with pytest.raises(NotFetched, match="Không tìm thấy lời bài"):
        articles.article_of(
            got("<html><body><p>Ảnh</p></body></html>"), Link("https://bao.example/1")
        )


def test_a_plain_text_is_its_own_article():
    assert articles.article_of(got("Tít\nLời bài.", "text/plain"), Link("")).title == "Tít"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Tít ngắn\nLời bài dài.", "Tít ngắn"),
        ("Chỉ một câu.", "Chỉ một câu."),
        ("Câu đầu. Câu sau.", "Câu đầu."),
        ("rất " * 60 + "dài", ("rất " * 29).strip() + "…"),
        ("", ""),
    ],
)
def test_a_pasted_text_has_a_headline(text, title):
    assert articles.pasted(text).title == title


def test_links_of_a_page_are_its_articles_on_the_same_host_each_once():
    page = (
        '<a href="/bai-hay-12345.html">Bài hay</a> <a href="/bai-hay-12345.html?utm_source=z">lại</a>'
        '<a href="https://khac.example/9999.html">khác</a> <a href="/gioi-thieu/">mục</a>'
        '<a href="javascript:x-1234">x</a> <a>trống</a> <a href="http://[">hỏng.html</a>'
        '<a href="/tin/98765">Tin</a>'
    )

    found = articles.links_of_page(got(page))

    assert [(link.address, link.title) for link in found] == [
        ("https://bao.example/bai-hay-12345.html", "Bài hay"),
        ("https://bao.example/tin/98765", "Tin"),
    ]


def test_a_page_of_nothing_is_told():
    with pytest.raises(NotFetched, match="Không đọc được trang này"):
        articles.links_of_page(got(""))


def test_links_of_a_feed_have_headline_day_and_words_when_they_are_whole():
    whole = "&lt;p&gt;Lời đầy đủ.&lt;/p&gt;"
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>'
        '<title>Tít &lt;b&gt;đậm&lt;/b&gt;</title><link href="https://bao.example/1.html"/>'
        "<updated>2026-10-05T08:00:00+07:00</updated>"
        f'<content type="html">{whole}</content></entry></feed>'
    )

    (link,) = articles.links_of_feed(got(atom, "application/atom+xml"))

    assert (link.title, link.text, link.published_on) == (
        "Tít đậm", "Lời đầy đủ.", datetime.date(2026, 10, 5),
    )  # fmt: skip


@pytest.mark.parametrize("body", ["<html><p>không phải</p></html>", "", "\x00\x01"])
def test_what_is_no_feed_is_told(body):
    with pytest.raises(NotFetched, match="RSS"):
        articles.links_of_feed(got(body))


def test_a_feed_that_unfolds_without_end_or_names_a_file_brings_nothing_of_it():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
        "<title>x&f;&b;</title><link>https://bao.example/1.html</link></item></channel></rss>"
    )

    for link in articles.links_of_feed(got(bomb, "application/rss+xml")):
        assert "root:" not in link.title and len(link.title) < 1000


def test_words_in_another_coding_are_read():
    body = Fetched(
        "https://bao.example/",
        "<a href='/1234.html'>Đất</a>".encode("utf-16"),
        "text/html",
        "utf-16",
    )
    assert articles.links_of_page(body)[0].title == "Đất"
    broken = Fetched("https://bao.example/", b"<a href='/1234.html'>\xff</a>", "text/html", "la-la")
    assert len(articles.links_of_page(broken)) == 1


def test_the_same_words_are_the_same_article_whatever_surrounds_them():
    one, two = article("Lời  bài, hay."), Article("Tít khác", "Lời bài hay")

    assert one.fingerprint == two.fingerprint != article("Lời khác").fingerprint
    assert articles.address_key("https://bao.example/a.html#x") == articles.address_key(
        "http://BAO.example/a.html?utm_source=zalo"
    )
    assert articles.address_key("") == ""


# --- A visit -----------------------------------------------------------------------
def test_a_visit_of_a_feed_keeps_its_articles_with_points_and_reasons(press):
    UnitFactory(name="Xã Mẫu Một")
    address = press.html("/bai-1.html", STORY)
    press.pages["/rss"] = Page(feed((address, "Người mở lớp đêm")), headers=RSS | {"ETag": '"1"'})
    source = source_of(press)

    (item,) = visit(source, press)

    assert (item.title, item.address, item.state) == ("Người mở lớp đêm", address, "new")
    assert item.published_on == datetime.date(2026, 10, 5)
    assert item.score > 0.6 and item.where == ["Xã Mẫu Một"] and item.who == ["Rơ Châm Mẫu"]
    for reason in item.reasons:
        assert item.words[reason["start"] : reason["end"]] == reason["text"]
    source.refresh_from_db()
    assert (source.etag, source.trouble, source.failures) == ('"1"', "", 0)
    assert source.read_at == source.asked_at is not None


def test_a_second_visit_asks_whether_anything_is_new(press):
    address = press.html("/bai-1.html", STORY)
    press.pages["/rss"] = Page(feed((address, "Tít")), headers=RSS | {"ETag": '"1"'})
    source = source_of(press)
    visit(source, press)
    source.refresh_from_db()

    assert visit(source, press) == []
    assert [path for path, _ in press.asked] == ["/rss", "/bai-1.html", "/rss"]
    source.refresh_from_db()
    assert (PressItem.objects.count(), source.etag) == (1, '"1"')


def test_a_visit_of_a_page_follows_its_articles_and_passes_over_what_is_none(press):
    press.html("/muc/", '<a href="/bai-11111.html">Hay</a><a href="/anh-22222.html">Ảnh</a>')
    press.html("/bai-11111.html", STORY)
    press.html("/anh-22222.html", "<p>ảnh</p>")

    (item,) = visit(source_of(press, "/muc/", kind="page"), press)

    assert item.title == "Hay"


def test_a_visit_opens_ten_articles_at_the_most_and_comes_back_for_the_rest(press):
    links = [
        (press.html(f"/bai-{n}.html", STORY.replace("Mẫu Một", f"Mẫu {n}")), f"Tít {n}")
        for n in range(13)
    ]
    press.pages["/rss"] = Page(feed(*links), headers=RSS | {"ETag": '"1"'})
    source = source_of(press)

    assert len(visit(source, press)) == watching.MOST_NEW
    source.refresh_from_db()
    assert source.etag == ""  # else «unchanged» would be the answer next time
    assert len(visit(source, press)) == 3


def test_a_feed_that_brings_whole_articles_is_asked_once(press):
    words = "Bà con trong làng quý bà Siu Mẫu vì lớp học đêm miễn phí. " * 8
    body = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><item><title>Tít</title><link>{press.address('/1.html')}</link>"
        f"<content:encoded>{words}</content:encoded></item></channel></rss>"
    )
    press.pages["/rss"] = Page(body.encode(), headers=RSS)

    (item,) = visit(source_of(press), press)

    assert item.text == words.strip()
    assert [path for path, _ in press.asked] == ["/rss"]


def test_a_source_that_cannot_be_read_says_why(press):
    source = source_of(press, "/khong-co")

    assert visit(source, press) == [] == visit(source, press)

    source.refresh_from_db()
    assert (source.failures, "404" in source.trouble, source.read_at) == (2, True, None)
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["discovery.press_read"] * 2


def waiting() -> int:
    """How often the worker is asked to read newspapers."""
    return DBTaskResult.objects.ready().filter(task_path="guong.discovery.jobs.read_press").count()


# --- By the clock ------------------------------------------------------------------
def test_nothing_is_asked_of_the_network_by_default(settings):
    PressSourceFactory(is_switched_on=True)

    assert settings.PRESS_FETCH is False
    jobs.ask_for_press()
    assert waiting() == 0
    assert jobs.read_press.func() == 0


def test_a_source_is_off_and_one_visit_an_hour_is_enough(settings):
    now = calendar.now()
    PressSourceFactory()
    due = PressSourceFactory(is_switched_on=True)
    PressSourceFactory(is_switched_on=True, asked_at=now - datetime.timedelta(minutes=59))

    assert list(PressSource.objects.due(now)) == [due]


def test_the_clock_lets_the_worker_read_what_is_due(settings):
    settings.PRESS_FETCH = True
    system_user()
    source = PressSourceFactory(is_switched_on=True, address="http://localhost:9/rss")

    jobs.ask_for_press()
    assert waiting() == 1
    run_all()
    jobs.ask_for_press()
    assert waiting() == 0  # an hour has not gone

    source.refresh_from_db()
    assert "mạng nội bộ" in source.trouble


# --- Actions -----------------------------------------------------------------------
def test_add_source_lists_it_switched_off(board):
    made = actions.add_source(
        by=board, name=" Báo  Mẫu", address="https://bao.example/rss ", kind="feed"
    )

    assert (made.name, made.host, made.is_switched_on) == ("Báo Mẫu", "bao.example", False)
    with pytest.raises(ValidationError, match="đã có"):
        actions.add_source(by=board, name="Khác", address="https://bao.example/rss", kind="page")
    with pytest.raises(ValidationError, match="http"):
        actions.add_source(by=board, name="Khác", address="file:///etc/passwd", kind="page")
    with pytest.raises(PermissionDenied):
        actions.add_source(
            by=UserFactory(function="editor"), name="x", address="https://a.example/", kind="feed"
        )


def test_switch_source_forgets_old_trouble(board):
    source = PressSourceFactory(trouble="Không nối được.", failures=3)

    on = actions.switch_source(source=source, by=board, on=True)
    assert (on.is_switched_on, on.trouble, on.failures) == (True, "", 0)
    assert not actions.switch_source(source=source, by=board, on=False).is_switched_on


def test_keep_reading_is_the_clocks_alone(board):
    with pytest.raises(PermissionDenied):
        actions.keep_reading(source=PressSourceFactory(), by=board, articles=[article()])


def test_keep_article_keeps_the_same_article_once(board):
    first = actions.keep_article(article=article(address="https://bao.example/1.html"), by=board)
    words_again = actions.keep_article(article=article(), by=UserFactory(function="editor"))
    address_again = actions.keep_article(
        article=article("Lời đã được báo sửa.", address="https://bao.example/1.html?utm_source=z"),
        by=board,
    )

    assert first == words_again == address_again
    assert JournalEntry.objects.filter(verb="discovery.article_kept").count() == 1
    with pytest.raises(ValidationError, match="Chưa có lời bài"):
        actions.keep_article(article=article(""), by=board)
    with pytest.raises(PermissionDenied):
        actions.keep_article(article=article(), by=UserFactory(function="introducer"))


def test_keep_article_takes_no_day_that_cannot_be(board):
    item = actions.keep_article(article=article(published_on=datetime.date(2999, 1, 1)), by=board)

    assert item.published_on is None


def test_make_lead_is_one_step_to_the_unit_of_the_place(board):
    commune = UnitFactory(name="Xã Mẫu Hai")
    item = PressItemFactory(who=["Siu Mẫu"], where=["xã Cũ, nay là Xã Mẫu Hai"])

    lead = actions.make_lead(item=item, by=board)

    assert (lead.source, lead.who, lead.unit, lead.state) == (
        "press",
        "Siu Mẫu",
        commune,
        "received",
    )
    item.refresh_from_db()
    assert (item.state, item.lead, item.handled_by) == ("lead", lead, board)
    with pytest.raises(IllegalMove):
        actions.make_lead(item=item, by=board)


def test_make_lead_without_names_goes_to_the_board_under_its_headline(board):
    snv = UnitFactory(code="SNV", kind="department")

    lead = actions.make_lead(item=PressItemFactory(title="Tít hay"), by=board)

    assert (lead.who, lead.unit) == ("Tít hay", snv)


def test_make_lead_of_what_the_guard_holds_waits_for_a_second_person(board):
    item = actions.keep_article(article=article(SUSPECT), by=UserFactory(function="editor"))

    lead = actions.make_lead(item=item, by=board)

    assert (item.verdict["verdict"], lead.state) == ("hold", "held")
    assert not board.has_perm("discovery.let_pass", lead)
    assert UserFactory(function="secretariat").has_perm("discovery.let_pass", lead)


def test_make_lead_is_the_boards_alone():
    item = PressItemFactory()
    for function in ("editor", "introducer", "inspector"):
        with pytest.raises(PermissionDenied):
            actions.make_lead(item=item, by=UserFactory(function=function))


def test_set_aside_item_and_put_back_item_leave_lines(board):
    item = PressItemFactory()

    assert actions.set_aside_item(item=item, by=board).state == "set_aside"
    assert actions.put_back_item(item=item, by=UserFactory(function="editor")).state == "new"
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == [
        "discovery.item_set_aside",
        "discovery.item_put_back",
    ]


def test_put_back_item_is_refused_for_one_that_waits(board):
    with pytest.raises(IllegalMove):
        actions.put_back_item(item=PressItemFactory(), by=board)


# --- Who sees what -----------------------------------------------------------------
def test_articles_lie_with_board_newsroom_and_inspector_and_a_conflict_hides_them(board):
    item = PressItemFactory()
    lead = LeadFactory(
        source="press", state="taken_up", exemplar=ConflictFactory(user=board).exemplar
    )
    hidden = PressItemFactory(state="lead", lead=lead)

    def seen(function):
        return set(PressItem.objects.visible_to(UserFactory(function=function)))

    assert seen("editor") == seen("inspector") == {item, hidden}
    assert set(PressItem.objects.visible_to(board)) == {item}
    assert seen("introducer") == seen("leader") == set()
    assert set(PressItem.objects.visible_to(system_user())) == {item, hidden}


# --- Pages -------------------------------------------------------------------------
@pytest.fixture
def office(client):
    def log_in(function):
        user = UserFactory(function=function)
        client.force_login(user, backend="guong.units.backends.AccountBackend")
        return user

    return log_in


def test_the_page_lists_newest_first_narrows_and_orders_by_points(client, office):
    office("editor")
    source = PressSourceFactory(name="Báo Mẫu")
    low = PressItemFactory(title="Bài thấp", score=0.1, source=source)
    high = PressItemFactory(title="Bài cao", score=0.9)
    PressItemFactory(title="Bài bỏ", state="set_aside")

    def titles(**asked):
        return [
            item.title for item in client.get(reverse("discovery:press"), asked).context["page"]
        ]

    assert titles() == ["Bài cao", "Bài thấp"]
    assert titles(worth="1") == [high.title]
    assert titles(source=source.pk) == [low.title]
    assert titles(order="score", state="all") == ["Bài cao", "Bài thấp", "Bài bỏ"]
    assert titles(state="set_aside") == ["Bài bỏ"]
    for odd in (
        {"state": "x'"},
        {"source": "9" * 40},
        {"source": "a"},
        {"page": "0"},
        {"order": "\x00"},
    ):
        assert client.get(reverse("discovery:press"), odd).status_code == 200


def test_the_points_leave_no_page_in_a_workbook():
    from guong.discovery.views.press import ITEMS

    assert not [column for column in ITEMS if "score" in str(column) or "Điểm" in column[0]]


def test_one_click_makes_a_lead_another_sets_aside_and_puts_back(client, office):
    office("secretariat")
    item, other = PressItemFactory(), PressItemFactory()

    page = client.get(reverse("discovery:press_item", args=[item.pk])).content.decode()
    assert "Lập tin" in page
    made = client.post(reverse("discovery:make_lead", args=[item.pk]))
    client.post(reverse("discovery:set_aside_item", args=[other.pk]))
    assert (
        "Lấy lại" in client.get(reverse("discovery:press_item", args=[other.pk])).content.decode()
    )
    client.post(reverse("discovery:put_back_item", args=[other.pk]))

    lead = Lead.objects.get()
    assert made["Location"] == reverse("discovery:detail", args=[lead.pk])
    assert item.title in client.get(made["Location"]).content.decode()
    assert lead.code in client.get(reverse("discovery:press_item", args=[item.pk])).content.decode()
    other.refresh_from_db()
    assert other.state == "new"


def paste(client, **data):
    return client.post(reverse("discovery:paste"), data)


def test_a_pasted_text_needs_no_network(client, office):
    office("editor")

    answer = paste(client, text="Lớp đêm\nBà Siu Mẫu dạy chữ.", address="bao.example/1.html")

    item = PressItem.objects.get()
    assert answer["Location"] == reverse("discovery:press_item", args=[item.pk])
    assert (item.title, item.address) == ("Lớp đêm", "https://bao.example/1.html")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": " "}, "Dán lời bài, hoặc địa chỉ"),
        ({"address": "https://bao.example/1.html"}, "chưa được phép ra mạng"),
        ({"address": "khong phai"}, "Viết địa chỉ như"),
        ({"address": "javascript:alert(1)"}, "Viết địa chỉ như"),
    ],
)
def test_a_pasted_address_without_network_asks_for_the_words(client, office, data, words):
    office("editor")

    assert words in paste(client, **data).content.decode()


def test_a_pasted_address_is_read_only_from_a_listed_host(client, office, settings):
    office("editor")
    settings.PRESS_FETCH = True

    page = paste(client, address="http://169.254.169.254/latest/").content.decode()

    assert "không có trong danh sách nguồn" in page and "169.254.169.254/latest/" in page
    PressSourceFactory(address="http://169.254.169.254/rss")
    assert "mạng nội bộ" in paste(client, address="http://169.254.169.254/latest/").content.decode()


def test_an_address_at_a_listed_host_is_read(press, settings):
    settings.PRESS_FETCH = True

    found = watching.article_at(press.html("/1.html", STORY), press.fetcher())

    assert found.title == "Người mở lớp đêm"


def test_sources_are_added_and_switched_and_say_what_is_wrong(client, office):
    office("secretariat")
    client.post(
        reverse("discovery:add_source"),
        {"name": "Báo", "address": "https://b.example/rss", "kind": "feed"},
    )
    source = PressSource.objects.get()
    client.post(reverse("discovery:switch_source", args=[source.pk]), {"on": "1"})
    PressSource.objects.update(trouble="Máy chủ trả lời mã 404.", failures=2)

    page = client.get(reverse("discovery:sources")).content.decode()

    assert "Đang bật" in page and "Máy chủ trả lời mã 404." in page and "2 lần liền" in page
    client.post(reverse("discovery:switch_source", args=[source.pk]), {"on": "0"})
    source.refresh_from_db()
    assert not source.is_switched_on


def test_a_unit_sees_no_article_and_counts_none(client, office):
    item = PressItemFactory()
    office("introducer")

    assert client.get(reverse("discovery:press")).status_code == 403
    assert client.get(reverse("discovery:press_item", args=[item.pk])).status_code == 404
    assert client.get(reverse("discovery:sources")).status_code == 403
