"""Every function of the path opens every place it is offered, and nothing on the way is wrong."""

from collections import Counter

import pytest

FUNCTIONS = [
    "introducer",
    "verifier",
    "secretariat",
    "leader",
    "editor",
    "inspector",
    "administrator",
]


def places(visitor) -> list[str]:
    """The addresses in the navigation, as this person sees it."""
    links = visitor.page.locator("nav a[href^='/']")
    return [link.get_attribute("href") for link in links.all()]


@pytest.mark.parametrize(
    ("function", "width"),
    [
        *[(function, 360) for function in FUNCTIONS],
        ("leader", 1280),
        pytest.param("secretariat", 1280, marks=pytest.mark.postgres_too),
    ],
)
def test_every_place_of_a_function_opens(visit, function, width):
    visitor = visit(width=width).log_in(function)
    offered = [place for place in places(visitor) if "logout" not in place]

    answers = {place: visitor.go(place).page.title() for place in offered}

    assert len(answers) > 3
    assert {place for place, title in answers.items() if not title.endswith("– Gương")} == set()


def test_the_portal_opens_without_scripts(visit, office):
    visitor = visit(javascript=False)

    visitor.go(office.portal + "/")

    assert visitor.title()


FILES = (".xml", ".csv", ".json")
EACH_KIND = 2  # of the pages of one kind: every story is the same template


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_page_the_portal_leads_to_opens(visit, office, width):
    visitor = visit(width=width)
    waiting, seen, kinds = ["/"], set(), Counter()

    while waiting:
        path = waiting.pop(0)
        kind = (path.split("/")[1], path.count("/"))
        if path in seen or kinds[kind] == EACH_KIND:
            continue
        seen.add(path)
        if path.endswith(FILES):
            assert visitor.page.request.get(office.portal + path).status == 200
            continue
        kinds[kind] += 1
        visitor.go(office.portal + path)
        links = visitor.page.locator("a[href^='/']").all()
        waiting += [link.get_attribute("href").split("#")[0] for link in links]

    reached = {place for place, _ in kinds}
    wanted = {"chuyen", "guong", "noi", "linh-vuc", "cach-lam", "ton-vinh", "so-lieu", "rut-bai"}
    assert wanted | {"phong-trao", "tra-loi", "kiem-tra", "minh-bach"} <= reached
    assert ("kiem-tra", 4) in kinds, "no card leads to what its decision says"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_code_leads_to_its_answer_and_a_wrong_one_to_a_way_out(visit, office, width, javascript):
    visitor = visit(width=width, javascript=javascript)

    visitor.go(office.portal + "/tra-loi/").press("Xem câu trả lời")
    visitor.sees("Viết mã ghi trên giấy của bạn.")
    visitor.fill("Mã của bạn", "GT-0000-0000-0000").press("Xem câu trả lời")
    visitor.sees("Chưa có trang cho mã này")
    visitor.fill("Mã của bạn", "gt mau1 mau1 mau1").press("Xem câu trả lời")
    visitor.follow("Mở câu trả lời")

    assert visitor.title() == "Câu trả lời cho lời giới thiệu của bạn"
    assert visitor.shows("Lời của bạn đã có kết quả")
