from guong.discovery.marks import marked


def reason(text, start):
    return {"text": text, "start": start, "end": start + len(text)}


def test_spans_are_marked_and_everything_is_escaped():
    assert marked("a <b> c", [reason("<b>", 2)]) == "a <mark>&lt;b&gt;</mark> c"


def test_overlapping_spans_run_into_one():
    spans = [reason("bcd", 1), reason("cd", 2), reason("def", 3), reason("h", 7)]

    assert marked("abcdefgh", spans) == "a<mark>bcdef</mark>g<mark>h</mark>"


def test_a_span_of_another_text_is_looked_up_by_its_words_or_left_out():
    spans = [reason("xổ số", 90), reason("không có", 3), {"text": "", "start": 0, "end": 0}]

    assert marked("mua xổ số ở đây", spans) == "mua <mark>xổ số</mark> ở đây"
