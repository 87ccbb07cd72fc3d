"""Filling a released page: everything typed comes back, nothing typed gets out of its place."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from guong.dropbox.shells import Filling, error_list, fill

from .conftest import SEARCH, TIP


class Controls(HTMLParser):
    """What a browser would show in the controls of a page, and every tag it would make."""

    def __init__(self, page):
        super().__init__()
        self.shown, self.tags, self.inside = {}, [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "input" and given.get("type") == "radio":
            if "checked" in given:
                self.shown[given["name"]] = given["value"]
        elif tag == "input":
            self.shown[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self.inside = given["name"]
            self.shown[self.inside] = ""
        elif tag == "option" and "selected" in given:
            self.shown["noi"] = given.get("value")

    def handle_data(self, data):
        if self.inside:
            self.shown[self.inside] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.shown[self.inside] = self.shown[self.inside].removeprefix("\n")
            self.inside = None


def test_a_shell_with_nothing_to_fill_in_passes_through():
    assert fill("<p>a &amp; b &#233; <br/><!-- x --></p>", Filling()) == (
        "<p>a &amp; b &#233; <br/><!-- x --></p>"
    )
    assert fill(TIP, Filling()) == (
        TIP.replace("<!--guong:errors--><!--guong:results-->", "")
        .replace("<!--guong:form-->", "")
        .replace("<!--guong:/form-->", "")
        .replace("<!--guong:error:ten-->", "")
    )
    assert fill('<?x y><p a="1">', Filling()) == '<?x y><p a="1">'


def test_every_control_shows_what_was_typed():
    typed = {"ten": 'A "B" <c>', "noi": "K", "viec": "\nMột\n& hai", "la": "2", "dt": "09"}

    shown = Controls(fill(TIP, Filling(typed))).shown

    assert shown == typed | {"lang": "", "toi": "", "anh": "", "trang_web": ""}


def test_an_option_without_a_value_is_chosen_by_its_words():
    page = fill(TIP, Filling({"noi": "Xã Gào"}))

    assert "<option selected>Xã Gào</option>" in page
    assert '<option value="L">Xã Ia Ly' in page  # no longer the chosen one


def test_a_mistake_stands_above_the_form_and_beside_its_control():
    errors = {"ten": "Viết tên <ai>."}
    page = fill(TIP, Filling(errors=errors, blocks={"errors": error_list(errors)}, title="Lỗi: "))

    assert "<title>Lỗi: Giới thiệu người tốt – Gương</title>" in page
    assert '<h2 id="loi-h">Có 1 chỗ cần sửa</h2>' in page
    assert '<a href="#ten">Viết tên &lt;ai&gt;.</a>' in page
    assert '<div class="field bad" data-field="ten">' in page
    assert '<p class="err" id="ten-e">Viết tên &lt;ai&gt;.</p>' in page
    assert '<input id="ten" name="ten" aria-describedby="ten-h ten-e" aria-invalid="true">' in page


def test_a_mistake_of_the_whole_has_no_link():
    listed = error_list({"": "Xin gửi lại."})

    assert "Chưa gửi được" in listed and "<li>Xin gửi lại.</li>" in listed
    assert error_list({}) == ""


def test_a_finished_answer_has_no_form_but_the_rest_of_the_page():
    page = fill(TIP, Filling(blocks={"results": "<p>Đã nhận</p>"}, is_done=True))

    assert Controls(page).shown == {}
    assert "<p>Đã nhận</p>" in page and "<footer>Cần giúp?</footer>" in page


@given(st.text(), st.text())
def test_whatever_is_typed_makes_no_tag(one, other):
    values = dict.fromkeys(("ten", "lang", "toi", "dt", "noi", "la"), one) | {"viec": other}
    page = fill(TIP, Filling(values))
    found = Controls(page)

    assert found.tags == Controls(fill(TIP, Filling())).tags
    assert found.shown["ten"] == one


@given(st.text())
def test_the_words_looked_for_stand_in_the_box_alone(words):
    marked = f"{words}zqx"

    assert fill(SEARCH, Filling({"q": marked})).count("zqx") == 1 + words.count("zqx")
