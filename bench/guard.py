"""The catalogue of attacks, row by row: what the guard catches on two sets, and where each other row is
proven. Rows 2 to 7 are measured here; the others are tests, named with what they show.
"""

import sys
import time

from guong.guard import attacks, measure, scorer
from guong.guard.gazetteer import default

from .measuring import at_least, at_most, report

# Row → (what the attack is, the tests that are the proof, what they show).
TESTS = {
    1: (
        "a page of the first attack's shape through every way in",
        [
            "guong/nomination/tests/test_importers.py::test_a_hijacked_row_is_held_with_its_spans",
            "guong/publicity/tests/test_actions.py"
            "::test_approve_of_a_held_text_needs_a_reason_and_of_a_blocked_one_is_impossible",
            "guong/discovery/tests/test_actions.py"
            "::test_receive_holds_what_the_guard_does_not_pass_and_names_the_spans",
            "guong/web/tests/test_guard_command.py::test_one_json_line_a_file_and_exit_code_1",
        ],
        "held by import, editor, intake and command; number and province among the spans",
    ),
    8: (
        "an editor alone, an author approving, an account past its end",
        [
            "guong/publicity/tests/test_actions.py::test_approve_is_refused_to_every_author",
            "guong/portal/tests/test_release_publish.py"
            "::test_publish_refuses_an_input_with_one_person_by_name_and_the_old_release_stands",
            "guong/portal/tests/test_guarding.py"
            "::test_let_pass_is_refused_to_writers_without_a_reason_and_when_blocked",
            "guong/units/tests/test_actions.py"
            "::test_accept_invitation_refuses_an_account_past_its_end",
        ],
        "refused, by the actions and by the signer",
    ),
    9: (
        "a row changed by SQL, bytes changed on disk, a file dropped",
        [
            "guong/portal/tests/test_guarding.py"
            "::test_publish_refuses_by_name_what_the_guard_holds_and_puts_it_on_the_desk",
            "guong/portal/tests/test_release_server.py"
            "::test_bytes_altered_while_serving_are_never_sent",
            "guong/portal/tests/test_release_server.py"
            "::test_nothing_dropped_beside_the_metadata_is_answered",
        ],
        "never served; a row changed past every form is named before the release",
    ),
    10: (
        "cloaking by agent, referrer, visit, hour, redirects",
        [
            "guong/portal/tests/test_watch.py::test_an_infection_is_found_in_one_round",
            "guong/portal/tests/test_watch.py::test_a_clean_portal_alarms_never",
        ],
        "each named in one round; `bench watch` counts the false alarms of a thousand",
    ),
    11: (
        "cloaking by addresses",
        [
            "guong/portal/tests/test_release_server.py"
            "::test_bytes_altered_while_serving_are_never_sent",
        ],
        "not seen from outside; the hash on the machine finds it",
    ),
    12: (
        "parasite paths and query strings",
        [
            "guong/portal/tests/test_release_server.py"
            "::test_an_address_outside_the_release_is_the_released_404",
            "guong/portal/tests/test_release_server.py::test_a_query_string_changes_nothing",
            "guong/portal/tests/test_release_verify.py"
            "::test_a_strange_page_that_is_answered_is_not_ours",
        ],
        "404 or the same bytes; a strange 200 is named",
    ),
    13: ("the journal edited, deleted, reordered, cut", ["tests/test_journal.py"], "named"),
    14: (
        "wrong key, replay, swapped pages, one byte, a header",
        [
            "guong/portal/tests/test_release_verify.py::test_a_foreign_key_is_not_ours",
            "guong/portal/tests/test_release_verify.py"
            "::test_an_older_release_is_recognised_by_who_has_seen_a_newer_one",
            "guong/portal/tests/test_release_verify.py"
            "::test_pages_swapped_between_addresses_are_named",
            "guong/portal/tests/test_release_verify.py"
            "::test_one_changed_byte_in_any_encoding_is_seen",
            "guong/portal/tests/test_release_verify.py::test_a_changed_header_is_seen",
        ],
        "rejected, each with its own sentence",
    ),
    15: (
        "a mirror on another host",
        [
            "guong/portal/tests/test_release_verify.py"
            "::test_a_mirror_without_the_signed_list_is_not_official",
        ],
        "not the official copy",
    ),
    16: (
        "repair of damaged files",
        [
            "guong/portal/tests/test_release_publish.py"
            "::test_repair_puts_bytes_links_and_order_back_and_keeps_the_evidence",
        ],
        "hash-equal, evidence kept; the time for 10,000 files is not measured here",
    ),
}
PAGE = (
    "Ngày 12/3, UBND tỉnh Gia Lai đã ban hành Công văn số 918/UBND-NC về phong trào thi đua. UBND tỉnh "
    "yêu cầu các cơ quan tăng cường sự chỉ đạo trên địa bàn tỉnh Gia Lai."
)


def first_row() -> dict:
    """The first attack, made of our own words and an invented brand: what is named in it."""
    brand = attacks.BRANDS[0]
    verdict = scorer.check(attacks.replaced(PAGE, brand, attacks.SMALL_NAMES[0]), default())
    return {"verdict": verdict.verdict, "codes": sorted(one.code for one in verdict.reasons)}


def main() -> None:
    figures: dict = {"1": first_row() | _proof(1)}
    bars = [at_least("1: spans named in the first attack", len(figures["1"]["codes"]), 3)]
    for name, texts in (("written", measure.written()), ("generated", measure.generated())):
        started, rows = time.perf_counter(), {}
        for figure in measure.figures(texts):
            print(f"{name:<10} {figure}", file=sys.stderr, flush=True)
            rows[figure.name] = {
                "hits": figure.hits,
                "of": figure.of,
                "share": round(figure.share, 3),
            }
            if name == "written":  # the bars are of this set
                bars.append(_bar(figure))
        figures[name] = rows | {"seconds": round(time.perf_counter() - started, 1)}
    for row in TESTS:
        if row > 1:
            figures[str(row)] = _proof(row)
            print(f"{row:>2} {TESTS[row][0]}: {TESTS[row][2]}", file=sys.stderr)
            print("".join(f"     {test}\n" for test in TESTS[row][1]), end="", file=sys.stderr)
    report(figures, bars)


def _proof(row: int) -> dict:
    attack, tests, shows = TESTS[row]
    return {"attack": attack, "tests": tests, "shows": shows}


def _bar(figure: measure.Figure) -> dict:
    if figure.at_least is not None:
        return at_least(figure.name, 100 * figure.share, 100 * figure.at_least)
    return at_most(figure.name, 100 * figure.share, 100 * (figure.at_most or 0.0))


if __name__ == "__main__":
    main()
