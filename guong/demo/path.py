"""The whole path once, from a directive to a signed page and a figure: what `guong demo` walks."""

import datetime
from dataclasses import dataclass, field

from django.conf import settings

from guong.core import calendar, sealing, staging
from guong.core.signing import signer
from guong.direction import actions as direction
from guong.direction.models import Assignment
from guong.discovery import actions as discovery
from guong.exemplars.models import Exemplar
from guong.guard import gazetteer, scorer
from guong.honours import actions as honours
from guong.inspection import actions as inspection
from guong.nomination import actions as nomination
from guong.nomination.models import Nomination
from guong.portal import publishing
from guong.portal.release import catalogue, repair
from guong.reporting import actions as reporting
from guong.reporting import papers
from guong.reporting.figures import figures
from guong.units.models import Field, Unit, User

from . import people
from .province import Path, Province

EXAMPLE = settings.BASE_DIR / "examples" / "danh-sach-de-cu.xlsx"
# An invented brand in the places a find-and-replace would hit.
HIJACKED = (
    "Ngày 04/8, Zarqon Vexille tỉnh đã ban hành Công văn số 311/Zarqon Vexille-NC. Zarqon Vexille "
    "tỉnh yêu cầu các cơ quan Zarqon cường sự chỉ đạo trên địa bàn tỉnh Zarqon."
)


@dataclass
class Step:
    """One step of the path: what it is called, what was made and where it lies."""

    title: str
    made: str = ""
    place: str = ""
    seconds: float = 0.0


@dataclass
class Walk:
    """The people and records the steps hand to one another."""

    province: Province = field(default_factory=Province)
    path: Path | None = None

    def steps(self):
        """The seven steps, in order, each a method that returns what it made and where it lies."""
        return [
            ("1 Chỉ đạo: đăng ký văn bản, đơn vị tiếp nhận", self.direct),
            ("2 Phát hiện, đề cử: nhập danh sách Excel", self.nominate),
            ("3 Xác minh, quyết định", self.decide),
            ("4 Bồi dưỡng, kể chuyện, nhân rộng, tôn vinh", self.care),
            ("5 Phát hành cổng đã ký, kiểm tra", self.release),
            ("6 Số liệu, báo cáo, kiểm tra", self.report),
            ("7 Từ chối: văn bản bị thay chữ", self.refuse),
        ]

    def direct(self):
        self.province.people()
        board, clerk = self.province.actor("thuongtruc1"), self.clerk
        today = calendar.today()
        directive = direction.register(
            by=board,
            number="MẪU-31",
            sign="UBND-NC",
            issued_on=today,
            issuer=Unit.objects.get(code="UBND"),
            summary="Phát hiện, giới thiệu và nhân rộng điển hình tiên tiến",
            tasks=[
                {
                    "text": "Giới thiệu ít nhất một điển hình",
                    "quota": 1,
                    "due_on": today + datetime.timedelta(days=60),
                    "units": [one.unit for one in self.province.introducers],
                }
            ],
        )
        row = Assignment.objects.get(task__directive=directive, unit=clerk.unit)
        direction.acknowledge(assignment=row, by=clerk, in_charge=clerk.full_name)
        return f"văn bản {directive.number_sign}, 1 đơn vị tiếp nhận", "Chỉ đạo"

    @property
    def clerk(self) -> User:
        return self.province.introducers[0]

    def nominate(self):
        batch = staging.stage(
            "nominations",
            EXAMPLE.read_bytes(),
            name=EXAMPLE.name,
            unit=self.clerk.unit,
            by=self.clerk,
        )
        found = staging.summary(batch)
        staging.commit(batch=staging.confirm(batch=batch), by=self.clerk)
        made = staging.counts(batch)["created"]
        return (
            f"{made} dự thảo; {len(found['repaired'])} chỗ sửa, {len(found['held'])} giữ lại, "
            f"{len({e['line'] for e in found['errors']})} dòng lỗi"
        ), "Đề cử"

    def decide(self):
        somebody = people.somebody(self.province.draw, 0)
        exemplar = self.province.record(somebody, self.clerk, _fields(), calendar.today())
        dossier = nomination.draft(
            by=self.clerk,
            unit=self.clerk.unit,
            exemplar=exemplar,
            claims=list(exemplar.claims.all()),
        )
        self.path = Path(self.province, exemplar, dossier, self.clerk, somebody, calendar.today())
        for step in ("submit", "accept", "open_verification", "prove", "draft_decision", "sign"):
            getattr(self.path, step)()
        self.path.decision.refresh_from_db()
        return f"quyết định {self.path.decision.number_sign}", "Quyết định"

    def care(self):
        for step in ("visit", "tell", "spread"):
            getattr(self.path, step)()
        board, second = self.province.actor("thuongtruc1"), self.province.actor("thuongtruc2")
        roll = honours.open_roll(
            by=board,
            title="Tuyên dương (mẫu)",
            given_on=calendar.today(),
            organiser=Unit.objects.get(code="UBND"),
        )
        entry = honours.enter(
            roll=roll,
            exemplar=self.path.exemplar,
            by=board,
            citation=self.path.somebody.deed.statement,
        )
        honours.confirm(entry=entry, by=second)
        return "1 lần thăm, 1 bài hai người, 2 nơi làm theo, 1 tôn vinh", "Bài viết"

    def release(self):
        self.province.release_package()
        with signer.alongside(settings.HOME):
            record = publishing.publish(by=self.province.actor("bientap1"))
        wrong = repair.check(settings.HOME)
        if wrong:
            raise RuntimeError("; ".join(wrong))
        found = catalogue.current(settings.HOME)
        return (
            f"bản {record.number}, {len(record.added)} trang đã ký, kiểm tra đúng",
            f"releases/{found.number}",
        )

    def report(self):
        board, inspector = self.province.actor("thuongtruc1"), self.province.actor("kiemtra")
        period = calendar.period_of(calendar.today())
        report = reporting.open_report(
            unit=Unit.objects.get(code="TINH"), period_code=period.code, by=board
        )
        reporting.submit(report=report, by=board)
        report.refresh_from_db()
        folder = settings.HOME / "reports"
        folder.mkdir(exist_ok=True)
        for kind, made in (("docx", papers.docx(report)), ("xlsx", papers.xlsx(report))):
            (folder / f"bao-cao-{period.code}.{kind}").write_bytes(made)
        opened = reporting.prefill(unit=self.clerk.unit, period=period, by=inspector)
        inspection.record_finding(
            inspection=opened,
            by=inspector,
            text="Chưa có kế hoạch nhân rộng.",
            recommendation="Ban hành kế hoạch.",
            due_on=calendar.today() + datetime.timedelta(days=30),
        )
        numbers = ", ".join(f"{f.code} {f.number}" for f in figures(period, None))
        return numbers, f"reports/bao-cao-{period.code}.docx"

    def refuse(self):
        verdict = scorer.check(HIJACKED, gazetteer.default())
        lead = discovery.receive(
            by=self.province.actor("thuongtruc1"),
            source="press",
            who="Bài báo dán vào",
            what=HIJACKED,
            unit=Unit.objects.get(code="SNV"),
        )
        if verdict.verdict == scorer.PASS or lead.state != "held":
            raise RuntimeError("Lớp gác đã để lọt văn bản bị thay chữ.")
        sealing.seal_all()
        spans = ", ".join(f"«{reason.text}»" for reason in verdict.reasons[:3])
        return f"giữ lại, {len(verdict.reasons)} chỗ: {spans}", "Tin phát hiện"


def _fields() -> dict[str, Field]:
    return {row.code: row for row in Field.objects.all()}


def totals() -> str:
    """One line of what there is in the end."""
    return (
        f"{Exemplar.objects.count()} hồ sơ gương, {Nomination.objects.count()} đề cử, "
        f"{Exemplar.objects.recognised().count()} được công nhận"
    )
