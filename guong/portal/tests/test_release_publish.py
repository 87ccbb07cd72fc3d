import subprocess
import sys
from dataclasses import replace

import pytest

from guong.core.signing import ceremonies, keys, requests, signer
from guong.core.signing.ceremonies import Card
from guong.core.signing.places import Places
from guong.portal.release import builder, catalogue, publisher, repair, withdrawal
from guong.portal.release.pages import BadPage, Page
from guong.portal.release.server import Portal

from .releasing import AT, ask, home_with_keys, page, release, released, site, source


def object_of(home, name, number=1):
    sha256 = catalogue.entries(home, number)[name]["hashes"]["sha256"]
    return home / "objects" / sha256


def spoil(path, body=b"nha cai"):
    path.chmod(0o600)
    path.write_bytes(body)


def test_publish_lets_the_release_stand(tmp_path):
    home = home_with_keys(tmp_path)

    published = release(home, site())

    assert (published.number, published.pages) == (1, 6)
    assert catalogue.current(home).number == 1
    assert repair.check(home) == []


def test_publish_refuses_an_input_with_one_person_by_name_and_the_old_release_stands(tmp_path):
    home = released(tmp_path)
    alone = page("/guong/mau-3/", "Tự duyệt", source("story:3", "an", "an"))

    with pytest.raises(requests.Refused) as refused:
        release(home, site(alone), 2)

    assert str(refused.value) == (
        "Trang /guong/mau-3/: nguồn «story:3» mới có 1 người (an), cần 2 người khác nhau."
    )
    assert catalogue.current(home).number == 1


def test_publish_refuses_a_page_nobody_stands_for(tmp_path):
    home = home_with_keys(tmp_path)
    nobodys = Page("/x/", b"x", "text/plain", ())

    with pytest.raises(requests.Refused, match="Trang /x/ không nêu nguồn nào"):
        release(home, site(nobodys))


def test_publish_says_so_when_no_signer_answers(tmp_path):
    home = home_with_keys(tmp_path)
    built = builder.build(home, site(), 1, AT)

    with pytest.raises(requests.NoAnswer, match="Bộ ký không trả lời"):
        publisher.publish(home, built, timeout=0.2)

    assert catalogue.current(home) is None
    assert list((home / "signing" / "in").iterdir()) == []


def test_the_signer_of_a_large_release_is_waited_for(tmp_path):
    """A hundred thousand stories: signing them takes minutes, and that is no silence."""
    built = builder.build(home_with_keys(tmp_path), site(), 1, AT)

    assert publisher.patience(built) < 121
    assert publisher.patience(replace(built, pages=400_000)) == 920


def test_publish_refuses_a_release_whose_objects_were_altered(tmp_path):
    home = released(tmp_path)
    built = builder.build(home, site(page("/moi/")), 2, AT)
    spoil(object_of(home, "moi/index.html", 2))

    with signer.alongside(home), pytest.raises(publisher.NotPublished, match="1 tệp hỏng"):
        publisher.publish(home, built, timeout=20)

    assert catalogue.current(home).number == 1


def test_publish_refuses_a_list_altered_after_it_was_built(tmp_path):
    home = released(tmp_path)
    built = builder.build(home, site(), 2, AT)
    path = Places(home).unsigned(2)
    path.write_bytes(path.read_bytes().replace(b'"an"', b'"ax"'))

    with signer.alongside(home), pytest.raises(requests.Refused, match="đã đổi sau khi gửi ký"):
        publisher.publish(home, built, timeout=20)


def test_removing_needs_one_person_answers_410_and_purging_leaves_no_copy(tmp_path):
    home = released(tmp_path)
    both = page("/guong/", "Người trồng rừng", source("story:1"), source("story:2"))
    of_one = page("/guong/mau-1/", "Người trồng rừng", source("story:1"))
    whole = [
        replace(each, inputs=(source("site", "an", "binh"),))
        for each in site()
        if each.path != "/guong/mau-1/"
    ]
    release(home, [*whole, both, of_one], 2)
    doomed = [object_of(home, f"guong/mau-1/index.html{end}", 2) for end in ("", ".gz", ".br")]
    doomed.append(object_of(home, "guong/index.html", 2))
    alone = replace(both, content=b"<p>con mot nguoi", inputs=(source("story:2"),))

    published = release(home, [*whole, alone], 3, gone=["/guong/mau-1/"])
    gone = withdrawal.keys_of(catalogue.entries(home, 2), published.removed)
    count = withdrawal.purge(home, gone)

    assert (published.removed, gone) == (("/guong/mau-1/",), {"story:1"})
    assert (count >= 4, [path.exists() for path in doomed]) == (True, [False] * 4)
    assert ask(Portal(home), "/guong/mau-1/")[0] == 410
    assert repair.check(home) == []
    assert {each.path for each in catalogue.kept_pages(home, 2)} == {each.path for each in whole}


def test_a_kept_page_is_the_page_that_was_released(tmp_path):
    home = released(tmp_path)
    made = page(
        "/moi/", "Mới", source("story:9"), status=410, headers=(("x-robots-tag", "noindex"),)
    )
    release(home, site(made), 2)

    kept = {each.path: each for each in catalogue.kept_pages(home, 2)}

    assert kept["/moi/"].custom() == made.custom()
    assert (kept["/moi/"].body, kept["/moi/"].name) == (made.body, made.name)
    with pytest.raises(BadPage, match="Không có bản phát hành 7"):
        list(catalogue.kept_pages(home, 7))


def test_repair_puts_bytes_links_and_order_back_and_keeps_the_evidence(tmp_path):
    home = released(tmp_path)
    folder = Places(home).site(1)
    spoil(object_of(home, "guong/mau-1/index.html"))  # altered in the store
    (folder / "guong/mau-2/index.html").unlink()  # replaced on the portal's disk
    (folder / "guong/mau-2/index.html").write_bytes(b"nha cai 2")
    (folder / "wp-mail.php").write_bytes(b"<?php")  # dropped there
    assert len(repair.check(home)) == 3

    done = repair.repair(home, at=AT)

    assert done.restored == ["guong/mau-1/index.html"]
    assert done.relinked == ["guong/mau-2/index.html"]
    assert done.removed == ["wp-mail.php"]
    assert done.is_sound and repair.check(home) == []
    assert (folder / "guong/mau-1/index.html").read_bytes() == site()[3].body
    kept = {path.read_bytes() for path in done.evidence.rglob("*") if path.is_file()}
    assert kept == {b"nha cai", b"nha cai 2", b"<?php"}


def test_repair_says_what_is_lost_and_takes_it_from_a_copy(tmp_path):
    home = released(tmp_path / "home")
    picture = object_of(home, "anh/mau.png")
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / picture.name).write_bytes(picture.read_bytes())
    picture.unlink()

    assert repair.repair(home, at=AT).lost == ["anh/mau.png"]

    assert repair.repair(home, sources=[copy], at=AT).restored == ["anh/mau.png"]
    assert repair.check(home) == []


def test_a_removed_encoding_is_made_anew_with_the_same_bytes(tmp_path):
    home = released(tmp_path)
    for suffix in ("", ".br"):
        object_of(home, f"index.html{suffix}").unlink()

    done = repair.repair(home, at=AT)

    assert sorted(done.restored) == ["index.html", "index.html.br"]
    assert repair.check(home) == []


def test_new_keys_take_over_after_everything_is_signed_again(tmp_path):
    home = released(tmp_path / "home")
    before = keys.fingerprint(home)

    cards = [Card(tmp_path / "card", "một câu rất dài")]
    after = ceremonies.keys_init(home, cards=cards, now=AT)
    with signer.alongside(home):
        publisher.renew(home, 2, AT, timeout=20)

    assert before != after
    assert not keys.is_test(keys.read_root(home).signed)
    assert sorted(path.name for path in (home / "keys").glob("*.pem")) == [
        "snapshot.2.pem",
        "targets.2.pem",
        "timestamp.2.pem",
    ]
    assert repair.check(home) == []
    ceremonies.rotate(home, cards=cards, now=AT)
    with signer.alongside(home):
        publisher.renew(home, 3, AT, timeout=20)
    assert repair.check(home) == []


def test_amend_changes_only_what_is_handed_in(tmp_path):
    home = released(tmp_path)

    built = builder.amend(home, [page("/guong/mau-1/", "Sửa"), page("/moi/")], 2, AT)

    assert (built.added, built.changed, built.removed) == (("/moi/",), ("/guong/mau-1/",), ())
    with signer.alongside(home):
        publisher.publish(home, built, timeout=20)
    assert ask(Portal(home), "/guong/mau-2/")[2] == site()[4].body
    assert repair.check(home) == []


def test_the_release_needs_no_django():
    code = (
        "import sys; from guong.portal.release import "
        "builder, publisher, repair, withdrawal, server, serve; "
        "from guong.core.signing import signer; from guong.sentinel import cli; "
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
