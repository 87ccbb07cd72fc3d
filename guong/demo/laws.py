"""The sample province's criteria and rules, and how its dossiers answer them."""

import datetime

from guong.core.calendar import set_to
from guong.direction import actions as direction
from guong.direction.models import CriteriaSet, Directive, Rule
from guong.exemplars import actions as exemplars
from guong.nomination import actions as nomination
from guong.nomination.models import Nomination
from guong.nomination.selectors import completeness
from guong.units.models import Unit

ISSUED_ON = datetime.date(2025, 7, 14)
TWO_YEARS = "Hai năm liền được biểu dương ở xã (mẫu)"
COMMON = [
    {
        "code": "C1",
        "text": "Kết quả dẫn đầu trong một phong trào, một việc cụ thể, có đo, có so sánh",
        "kind": "required",
        "slots": [("Số liệu trước và sau, có nơi xác nhận", 1)],
    },
    {
        "code": "C2",
        "text": "Được tập thể, cộng đồng nơi sống và làm việc thừa nhận",
        "kind": "required",
        "slots": [("Biên bản họp thôn, làng hoặc ý kiến của Mặt trận", 1)],
    },
    {
        "code": "C3",
        "text": "Nơi khác học và làm theo được",
        "kind": "scored",
        "points": 20,
        "slots": [("Xác nhận của nơi đã làm theo", 1)],
    },
    {
        "code": "C4",
        "text": "Đoàn kết, tham gia việc chung của thôn, làng",
        "kind": "informational",
    },
]
OF_COLLECTIVES = [
    *COMMON[:2],
    {
        "code": "T1",
        "text": "Tỷ lệ thành viên hoàn thành nhiệm vụ",
        "kind": "required",
        "slots": [("Danh sách và kết quả xếp loại", 1)],
    },
]


def lay_down(province) -> None:
    """Two sets in force, a commune's clone still in draft, rules of which one is verified."""
    first, second = province.actor("thuongtruc1"), province.actor("thuongtruc2")
    with set_to(ISSUED_ON + datetime.timedelta(days=1)):
        common = _in_force(
            first,
            second,
            name="Tiêu chí điển hình tiên tiến của tỉnh (mẫu)",
            kinds=["individual", "household", "model"],
            criteria=COMMON,
        )
        _in_force(
            first,
            second,
            name="Tiêu chí tập thể tiên tiến (mẫu)",
            kinds=["collective"],
            criteria=OF_COLLECTIVES,
        )
        _rules(first, second)
    clerk = province.introducers[0]
    with set_to(datetime.date(2026, 11, 10)):
        cloned = direction.clone_set(criteria_set=common, by=clerk, issuer=clerk.unit)
        direction.revise_set(
            criteria_set=cloned,
            by=clerk,
            issuer=clerk.unit,
            name="Tiêu chí gương làng của xã (mẫu)",
            award=cloned.award,
            kinds=["individual", "household"],
            criteria=[
                {**COMMON[0], "text": "Kết quả đo được trong việc của làng"},
                *COMMON[1:3],
                {
                    "code": "X1",
                    "text": "Giữ nghề, giữ tiếng nói của làng",
                    "kind": "informational",
                },
            ],
        )


def _in_force(author, second, *, name, kinds, criteria) -> CriteriaSet:
    drafted = direction.draft_set(
        by=author,
        issuer=Unit.objects.get(code="UBND"),
        name=name,
        award="Điển hình tiên tiến",
        kinds=kinds,
        criteria=criteria,
        directive=Directive.objects.earliest("issued_on"),
        valid_from=ISSUED_ON,
    )
    return direction.put_in_force(criteria_set=drafted, by=second)


def _rules(author, second) -> None:
    apart = direction.add_rule(
        by=author,
        name="Không công nhận lại trong mười hai tháng (mẫu)",
        kind="gap",
        award="Điển hình tiên tiến",
        counted="Điển hình tiên tiến",
        number=12,
        article="Điều MẪU-5 Quy chế của tỉnh (mẫu)",
        valid_from=ISSUED_ON,
    )
    direction.verify_rule(rule=apart, by=second)
    years = direction.add_rule(
        by=author,
        name=TWO_YEARS,
        kind="years",
        award="Điển hình tiên tiến",
        kinds=["individual"],
        counted="Gương người tốt, việc tốt của xã",
        number=2,
        is_consecutive=True,
        article="Điều MẪU-6 Quy chế của tỉnh (mẫu)",
        valid_from=ISSUED_ON,
    )
    for rule in (apart, years):
        direction.switch_rule(rule=rule, by=second, on=True)


def answer(dossier, *, by) -> None:
    """Every criterion of the dossier's set is answered, its places filled with one testimony."""
    state = completeness(dossier)
    if not state.criteria:
        return
    paper = exemplars.add_evidence(
        exemplar=dossier.exemplar,
        by=by,
        kind="testimony",
        title="Xác nhận của thôn (mẫu)",
        testimony="Thôn xác nhận việc làm và con số nêu trong hồ sơ.",
    )
    for one in state.criteria:
        nomination.answer(
            nomination=dossier,
            criterion=one.criterion,
            by=by,
            words="Thôn đã họp, xem số liệu và đồng tình (mẫu).",
            points=15 if one.criterion.points else None,
            fillings={filled.slot: [paper] for filled in one.slots},
        )


def override(province) -> None:
    """One dossier is let pass the rule of two years, and the reason is listed."""
    waiting = Nomination.objects.waiting().filter(exemplar__kind="individual")
    dossier = waiting.order_by("pk").first()
    with set_to(datetime.date(2026, 11, 12)):
        direction.override_rule(
            rule=Rule.objects.get(name=TWO_YEARS),
            subject=dossier,
            about=dossier.exemplar,
            by=province.actor("thuongtruc2"),
            reason="Việc cứu người đột xuất, không đợi đủ hai năm (mẫu).",
        )
