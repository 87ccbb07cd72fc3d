"""The sample province: every record made by the action a person would have used, on its own day."""

import datetime
import io
import random
from dataclasses import dataclass, field

from guong.appraisal import actions as appraisal
from guong.core import calendar, files
from guong.core.calendar import set_to
from guong.core.progress import track
from guong.direction import actions as direction
from guong.direction.models import Assignment, Directive
from guong.discovery import actions as discovery
from guong.discovery import articles
from guong.exemplars import actions as exemplars
from guong.exemplars.models import Exemplar
from guong.honours import actions as honours
from guong.inspection import actions as inspection
from guong.nomination import actions as nomination
from guong.nurturing import actions as nurturing
from guong.portal import actions as portal
from guong.portal import publishing
from guong.publicity import actions as publicity
from guong.recognition import actions as recognition
from guong.replication import actions as replication
from guong.reporting import actions as reporting
from guong.units import actions as units
from guong.units.models import Field, Unit, User

from . import laws, people, pictures, stories

SEED = 1526
ACCOUNTS = [
    # account, function, unit of the person, unit of the mandate
    ("bientap1", "editor", "BAO", "BAO"),
    ("bientap2", "editor", "BAO", "BAO"),
    ("thuongtruc1", "secretariat", "SNV", "SNV"),
    ("thuongtruc2", "secretariat", "SNV", "SNV"),
    ("quantri1", "administrator", "SNV", "SNV"),
    ("quantri2", "administrator", "SNV", "SNV"),
    ("xacminh1", "verifier", "SNV", "UBND"),
    ("xacminh2", "verifier", "MTTQ", "TINH"),
    ("lanhdao", "leader", "UBND", "UBND"),
    ("kiemtra", "inspector", "TTRA", "TINH"),
]
COMMUNES = 12  # of those that have accounts and exemplars at scale 1
# How far the nominations of a scale-1 province have come: state → how many.
STAGES = {
    "draft": 5,
    "submitted": 6,
    "returned": 3,
    "withdrawn": 2,
    "accepted": 4,
    "verifying": 4,
    "not_eligible": 2,
    "proven": 3,
    "drafted": 3,
    "signed": 8,
    "visited": 4,
    "told": 12,
    "revoked": 2,
    "held": 2,
}


@dataclass
class Province:
    """What is being built, and who acts."""

    scale: int = 1
    draw: random.Random = field(default_factory=lambda: random.Random(SEED))
    actors: dict[str, User] = field(default_factory=dict)
    introducers: list[User] = field(default_factory=list)
    told: int = 0  # stories so far

    def build(self) -> None:
        """Everything, ending with a published release."""
        self.people()
        self.directives()
        laws.lay_down(self)
        self.exemplars()
        laws.override(self)
        self.leads()
        self.answers()
        self.movements()
        self.rolls()
        self.reports()

    # --- who ----------------------------------------------------------------
    def people(self) -> None:
        system = User.objects.system()
        units.seed(by=system, demo=True)
        for username, function, own, scope in ACCOUNTS:
            self.actors[username] = self._account(username, function, own, scope, system)
        communes = list(Unit.objects.communes().order_by("path"))
        step = max(1, len(communes) // (COMMUNES * min(self.scale, 4)))
        for number, commune in enumerate(communes[::step], start=1):
            username = f"xa{number:02}"
            self.introducers.append(
                self._account(username, "introducer", commune.code, commune.code, system)
            )

    @staticmethod
    def _account(username, function, own, scope, system) -> User:
        label = {
            "editor": "Biên tập",
            "secretariat": "Thường trực",
            "administrator": "Quản trị",
            "verifier": "Xác minh",
            "leader": "Lãnh đạo",
            "inspector": "Kiểm tra",
            "introducer": "Cán bộ",
        }[function]
        number = username.lstrip("abcdefghijklmnopqrstuvwxyz").lstrip("0")
        account = units.open_account(
            by=system,
            username=username,
            full_name=f"{label} mẫu {number}".strip(),
            unit=Unit.objects.get(code=own),
        )
        units.grant(
            account=account,
            function=function,
            unit=Unit.objects.get(code=scope),
            by=system,
            starts_on=datetime.date(2025, 1, 1),
        )
        return User.objects.get(pk=account.pk)

    def actor(self, username: str) -> User:
        return self.actors[username]

    # --- what is asked --------------------------------------------------------
    def directives(self) -> None:
        board = self.actor("thuongtruc1")
        asked = [introducer.unit for introducer in self.introducers]
        for day, number in ((datetime.date(2025, 7, 14), "11"), (datetime.date(2026, 9, 7), "27")):
            with set_to(day):
                directive = direction.register(
                    by=board,
                    number=f"MẪU-{number}",
                    sign="UBND-NC",
                    issued_on=day,
                    issuer=Unit.objects.get(code="UBND"),
                    summary="Phát hiện, giới thiệu và nhân rộng điển hình tiên tiến",
                    legal_bases="Luật Thi đua, khen thưởng năm 2022\nChỉ thị số 41-CT/TW",
                    tasks=[
                        {
                            "text": "Giới thiệu ít nhất một điển hình",
                            "quota": 1,
                            "units": asked,
                            "due_on": day + datetime.timedelta(days=110),
                        }
                    ],
                )
            with set_to(day + datetime.timedelta(days=5)):
                self._acknowledge(directive)

    def _acknowledge(self, directive) -> None:
        for row in Assignment.objects.filter(task__directive=directive).select_related("unit"):
            by = next(one for one in self.introducers if one.unit_id == row.unit_id)
            if self.draw.random() < 0.75:
                direction.acknowledge(assignment=row, by=by, in_charge=by.full_name)

    # --- who is worth following -------------------------------------------------
    def exemplars(self) -> None:
        stages = [stage for stage, count in STAGES.items() for _ in range(count * self.scale)]
        self.draw.shuffle(stages)
        fields = {row.code: row for row in Field.objects.all()}
        for number, stage in enumerate(track(stages, "Điển hình")):
            self._one(number, stage, fields)

    def _one(self, number: int, stage: str, fields) -> None:
        introducer = self.introducers[number % len(self.introducers)]
        one = people.somebody(self.draw, number)
        start = datetime.date(2025, 7, 20) + datetime.timedelta(days=self.draw.randint(0, 380))
        with set_to(start):
            exemplar = self.record(one, introducer, fields, start)
            dossier = nomination.draft(
                by=introducer,
                unit=introducer.unit,
                exemplar=exemplar,
                claims=list(exemplar.claims.all()),
            )
        Path(self, exemplar, dossier, introducer, one, start).walk(stage)

    def record(self, one, introducer, fields, day) -> Exemplar:
        exemplar = exemplars.add(
            by=introducer,
            unit=introducer.unit,
            kind=one.kind,
            full_name=one.name,
            claims=[
                {
                    "statement": one.deed.statement,
                    "before": one.before,
                    "after": one.after,
                    "measure": one.deed.measure,
                    "place": one.residence,
                },
                {"statement": one.deed.second},
            ],
            birth_year=one.birth_year,
            residence=one.residence,
            occupation=one.deed.occupation if one.is_a_person else "",
            labour_category=one.deed.labour,
            commune=introducer.unit,
            field=fields[one.deed.field],
            summary=one.deed.summary,
            introduced_on=day,
        )
        picture = files.store(
            io.BytesIO(pictures.picture(exemplar.pk, one.deed.scene)),
            name="tranh-ve.jpg",
            content_type="image/jpeg",
            by=introducer,
        )
        exemplars.set_picture(exemplar=exemplar, by=introducer, file=picture)
        return Exemplar.objects.get(pk=exemplar.pk)

    # --- what else the office knows ------------------------------------------------
    def leads(self) -> None:
        board = self.actor("thuongtruc2")
        for number in range(6 * self.scale):
            one = people.somebody(self.draw, number)
            with set_to(datetime.date(2026, 11, 1) + datetime.timedelta(days=number % 20)):
                lead = discovery.receive(
                    by=board,
                    source=["citizen", "press", "unit"][number % 3],
                    who=one.name,
                    where=one.residence,
                    what=f"{one.deed.statement}. {one.deed.summary}",
                    unit=self.introducers[number % len(self.introducers)].unit,
                    contact="(số mẫu) 0900 000 000" if number % 2 else "",
                )
                if number == 1:
                    discovery.decline(
                        lead=lead, by=board, reason="Việc này đã có hồ sơ; cảm ơn người giới thiệu."
                    )
        self._articles(board)

    def _articles(self, board: User) -> None:
        """A few pasted articles, and a newspaper that is listed and switched off."""
        draw = random.Random(18)  # its own: what is drawn later stays as it was
        for number in range(4):
            one, unit = (
                people.somebody(draw, number + 2),
                self.introducers[number % len(self.introducers)].unit,
            )
            words = f"{one.deed.statement}\n{one.name}, {one.residence}, {unit}. {one.deed.summary}"
            with set_to(datetime.date(2026, 11, 16) + datetime.timedelta(days=number)):
                discovery.keep_article(article=articles.pasted(words), by=board)
        discovery.add_source(
            by=board,
            name="Báo Mẫu, mục Người tốt việc tốt",
            address="https://bao-mau.example/nguoi-tot.rss",
            kind="feed",
        )

    def answers(self) -> None:
        """Two citizens who can look their answers up by code: one lead bore fruit, one did not."""
        board, second = self.actor("thuongtruc1"), self.actor("thuongtruc2")
        told = Exemplar.objects.public().filter(story_approvals__state="approved")
        known = told.order_by("pk").first()
        with set_to(known.introduced_on):
            fruitful = discovery.receive(
                by=board,
                source="citizen",
                who=known.full_name,
                what=known.summary,
                unit=known.unit,
                code="GT-MAU1-MAU1-MAU1",
            )
        with set_to(known.introduced_on + datetime.timedelta(days=6)):
            discovery.take_up(lead=fruitful, exemplar=known, by=board)
            self._answer(
                fruitful, "Cán bộ xã đã đến tận nơi, việc có thật và đã lập hồ sơ. Cảm ơn bạn."
            )
        with set_to(datetime.date(2026, 11, 4)):
            other = discovery.receive(
                by=board,
                source="citizen",
                who="Nhóm bạn trẻ (mẫu)",
                what="Mỗi tháng dọn rác một lần ở bờ suối.",
                unit=self.introducers[0].unit,
                code="GT-MAU2-MAU2-MAU2",
            )
        with set_to(datetime.date(2026, 11, 12)):
            discovery.decline(lead=other, by=second, reason="Việc mới làm hai lần, chưa đủ lâu.")
            self._answer(
                other, "Việc tốt, nhưng mới làm hai lần. Xã sẽ ghé thăm sau sáu tháng rồi xét lại."
            )

    def _answer(self, lead, text: str) -> None:
        written = discovery.answer(lead=lead, by=self.actor("thuongtruc1"), text=text)
        discovery.confirm_answer(answer=written, by=self.actor("thuongtruc2"))

    def movements(self) -> None:
        board, second = self.actor("thuongtruc1"), self.actor("thuongtruc2")
        with set_to(datetime.date(2025, 7, 21)):
            movement = direction.enter_movement(
                by=board,
                name="Làng cùng làm, nhà cùng khá (mẫu)",
                kind="thematic",
                launcher=Unit.objects.get(code="UBND"),
                directive=Directive.objects.order_by("issued_on").first(),
                goals="Mỗi xã, phường có ít nhất một cách làm mà nơi khác làm theo được.",
                scope="Cá nhân, hộ gia đình, tập thể trong tỉnh; ưu tiên người trực tiếp lao động.",
                criteria="Có kết quả đo được trước và sau.\nCó ít nhất một nơi làm theo.\n"
                "Được bà con trong thôn, làng thừa nhận.",
                measures="Sơ kết sáu tháng một lần; tổng kết vào quý IV năm 2026.",
                starts_on=datetime.date(2025, 7, 21),
                ends_on=datetime.date(2026, 12, 31),
            )
            movement = direction.confirm_movement(movement=movement, by=second)
        named = Exemplar.objects.public().select_related("introduced_by").order_by("pk")
        for exemplar in named[::3]:
            with set_to(exemplar.recognised_on):
                tie = exemplars.enter_movement(
                    exemplar=exemplar, movement=movement, by=exemplar.introduced_by
                )
                exemplars.confirm_movement(entry=tie, by=second)

    def rolls(self) -> None:
        board, second = self.actor("thuongtruc1"), self.actor("thuongtruc2")
        recognised = list(Exemplar.objects.recognised().order_by("pk"))
        for number, day in enumerate((datetime.date(2026, 6, 11), datetime.date(2026, 10, 13))):
            with set_to(day):
                roll = honours.open_roll(
                    by=board,
                    title=f"Tuyên dương điển hình tiên tiến (mẫu) lần {number + 1}",
                    given_on=day,
                    organiser=Unit.objects.get(code="UBND"),
                )
                named = [one for one in recognised if one.recognised_on <= day][number::3][:6]
                for place, exemplar in enumerate(named):
                    citation = exemplar.claims.first().statement
                    entry = honours.enter(roll=roll, exemplar=exemplar, by=board, citation=citation)
                    if place != len(named) - 1 or number == 0:
                        honours.confirm(entry=entry, by=second)

    def reports(self) -> None:
        board, second = self.actor("thuongtruc1"), self.actor("thuongtruc2")
        root = Unit.objects.get(code="TINH")
        for code, day in (
            ("2025-H2", datetime.date(2026, 1, 9)),
            ("2026-H1", datetime.date(2026, 7, 8)),
        ):
            with set_to(day):
                report = reporting.open_report(unit=root, period_code=code, by=board)
                reporting.write(
                    report=report,
                    by=board,
                    narrative="Các xã, phường đã chủ động phát hiện, giới thiệu điển hình (mẫu).\n"
                    "Hạn chế: một số nơi chưa có hồ sơ nào trong kỳ.",
                )
                reporting.submit(report=report, by=board)
                reporting.accept(report=report, by=second)
                for introducer in self.introducers[:4]:
                    own = reporting.open_report(
                        unit=introducer.unit, period_code=code, by=introducer
                    )
                    reporting.submit(report=own, by=introducer)
        inspector = self.actor("kiemtra")
        with set_to(datetime.date(2026, 11, 12)):
            opened = reporting.prefill(
                unit=self.introducers[0].unit, period=calendar.parse_period("2026-H2"), by=inspector
            )
            inspection.record_finding(
                inspection=opened,
                by=inspector,
                text="Chưa có kế hoạch nhân rộng điển hình.",
                recommendation="Ban hành kế hoạch, phân công người theo dõi.",
                due_on=datetime.date(2026, 12, 20),
            )

    def release(self) -> None:
        """The package confirmed by two administrators, and everything approved published."""
        self.release_package()
        publishing.publish(by=self.actor("bientap1"))

    def release_package(self) -> None:
        """Two administrators have looked at the package's own pages."""
        first = portal.confirm_package(by=self.actor("quantri1"))
        portal.second_package(confirmation=first, by=self.actor("quantri2"))


@dataclass
class Path:
    """One exemplar on its way: each step on its own day, by the person whose step it is."""

    province: Province
    exemplar: Exemplar
    dossier: object
    introducer: User
    somebody: people.Somebody
    day: datetime.date
    verification: object = None
    decision: object = None

    ORDER = [
        "submit",
        "accept",
        "open_verification",
        "prove",
        "draft_decision",
        "sign",
        "visit",
        "tell",
        "spread",
    ]
    REACH = {
        "draft": 0,
        "submitted": 1,
        "accepted": 2,
        "verifying": 3,
        "proven": 4,
        "drafted": 5,
        "signed": 6,
        "visited": 7,
        "told": 9,
        "revoked": 6,
        "held": 6,
        "returned": 1,
        "not_eligible": 3,
        "withdrawn": 0,
    }

    def walk(self, stage: str) -> None:
        """As far as the stage says, then its own last step."""
        for step in self.ORDER[: self.REACH[stage]]:
            self._on(5, 16, getattr(self, step))
        last = getattr(self, f"end_{stage}", None)
        if last:
            self._on(3, 12, last)

    def _on(self, least, most, step) -> None:
        self.day += datetime.timedelta(days=self.province.draw.randint(least, most))
        self.day = min(self.day, calendar.today())
        with set_to(self.day):
            step()

    def actor(self, name):
        return self.province.actor(name)

    def submit(self):
        laws.answer(self.dossier, by=self.introducer)
        nomination.submit(nomination=self.dossier, by=self.introducer)

    def accept(self):
        nomination.accept(nomination=self.dossier, by=self.actor("thuongtruc1"))

    def open_verification(self):
        self.verification = appraisal.open_verification(
            nomination=self.dossier, by=self.actor("xacminh1")
        )

    def prove(self):
        by = self.actor("xacminh1")
        evidence = exemplars.add_evidence(
            exemplar=self.exemplar,
            by=by,
            kind="testimony",
            title="Biên bản họp thôn (mẫu)",
            testimony=f"Bà con {self.somebody.residence} xác nhận việc làm và con số.",
            taken_on=self.day,
        )
        first, second = self.exemplar.claims.order_by("pk")
        appraisal.check_claim(
            verification=self.verification, claim=first, by=by, result="proven", evidence=evidence
        )
        appraisal.check_claim(
            verification=self.verification,
            claim=second,
            by=by,
            result="unproven",
            note="Chờ số liệu cuối vụ.",
        )
        appraisal.conclude(
            verification=self.verification,
            by=by,
            visited_on=self.day,
            conclusion="Đã đến tận nơi, việc làm có thật, bà con đồng tình.",
        )

    def draft_decision(self):
        self.decision = recognition.draft(
            nomination=self.dossier,
            by=self.actor("thuongtruc1"),
            issuer=Unit.objects.get(code="UBND"),
            title="Điển hình tiên tiến",
            citation=self.somebody.deed.statement,
        )

    def sign(self):
        recognition.sign(decision=self.decision, by=self.actor("lanhdao"), signed_on=self.day)
        self.exemplar = Exemplar.objects.get(pk=self.exemplar.pk)
        for purpose in ("name_publicly", "story", "picture"):
            exemplars.record_consent(
                exemplar=self.exemplar,
                by=self.introducer,
                purpose=purpose,
                signer=self.exemplar.full_name,
                given_on=self.day,
            )

    def visit(self):
        nurturing.record_visit(
            exemplar=self.exemplar,
            unit=self.introducer.unit,
            by=self.introducer,
            visited_on=self.day,
            found="Việc vẫn làm đều, thêm người tham gia.",
            needs="Cần hỗ trợ giống và kỹ thuật.",
            next_on=self.day + datetime.timedelta(days=90),
        )

    def tell(self):
        writer, approver = self.actor("bientap1"), self.actor("bientap2")
        page = publicity.start_story(exemplar=self.exemplar, by=writer)
        page = stories.write(page, self.exemplar, self.somebody, writer)
        number = self.province.told
        self.province.told += 1
        if number % 3 == 0:
            stories.add_steps(page, writer)
        if number in stories.RECORDED:
            stories.RECORDED[number](page, writer)
        self._approved(page, writer, approver)
        if number == 0:
            self._approved(stories.in_english(page, self.exemplar, approver), approver, writer)

    def _approved(self, page, writer, approver):
        approval = publicity.send_for_approval(page=page, by=writer)
        approved = publicity.approve(approval=approval, by=approver)
        publicity.mark_released(approvals=[approved], on=self.day, by=approver)

    def spread(self):
        others = [
            one for one in self.province.introducers if one.unit_id != self.introducer.unit_id
        ]
        for adopter in self.province.draw.sample(others, 2):
            adoption = replication.register(
                exemplar=self.exemplar,
                unit=adopter.unit,
                by=adopter,
                manner="adapted",
                practice=self.somebody.deed.summary,
                in_charge=adopter.full_name,
                started_on=self.day,
            )
            replication.confirm(adoption=adoption, by=self.introducer)

    def end_returned(self):
        nomination.return_(
            nomination=self.dossier,
            by=self.actor("thuongtruc2"),
            reason="Thiếu số liệu trước và sau; xin bổ sung xác nhận của thôn.",
        )

    def end_withdrawn(self):
        nomination.withdraw(
            nomination=self.dossier, by=self.introducer, reason="Gia đình xin để năm sau (mẫu)."
        )

    def end_not_eligible(self):
        appraisal.conclude(
            verification=self.verification,
            by=self.actor("xacminh1"),
            visited_on=self.day,
            eligible=False,
            conclusion="Số liệu nêu trong hồ sơ không đúng với thực tế ở thôn.",
        )

    def end_revoked(self):
        recognition.revoke(
            decision=self.decision,
            by=self.actor("lanhdao"),
            on=self.day,
            reason="Kiểm tra lại, thành tích nêu không có thật.",
        )
        recognition.confirm_revocation(decision=self.decision, by=self.actor("thuongtruc2"))

    def end_held(self):
        exemplars.place_hold(
            exemplar=self.exemplar,
            by=self.actor("thuongtruc2"),
            reason="Đang xem lại một phản ánh (mẫu).",
        )
