"""The report as Word and Excel: the same figures as on the screen."""

from django.conf import settings

from guong.core import calendar
from guong.core.papers import Letterhead, Paper, Sheet, Table, write_docx, write_xlsx
from guong.units.papers import issuer, mark, province, superior

from .figures import figures_of
from .indicators import BY_CODE
from .models import PeriodicReport

PLACE = "Gia Lai"


def docx(report: PeriodicReport) -> bytes:
    """The report in the layout of Nghị định 30."""
    period = report.period
    rows = [
        [figure.code, figure.name, figure.unit_of_count, figure.number, figure.before]
        for figure in figures_of(report)
    ]
    scope = "trên địa bàn tỉnh" if report.unit.is_root() else f"của {report.unit}"
    paper = Paper(
        head=Letterhead(
            superior=superior(report.unit),
            issuer=issuer(report.unit),
            number_sign=report.number_sign or "…/BC-…",
            place=PLACE,
            on=calendar.day_of(report.state_since) if report.number_sign else calendar.today(),
        ),
        kind="Báo cáo",
        summary="Kết quả phát hiện, bồi dưỡng, tuyên truyền và nhân rộng điển hình tiên tiến "
        f"{period.label}",
        to=[province()] if not report.unit.is_root() else [],
        body=[
            f"Thực hiện chế độ báo cáo định kỳ, kết quả {scope} {period.label} như sau:",
            "# I. KẾT QUẢ",
            Table(
                ["Mã", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước"],
                rows,
                [14, 82, 27, 21, 21],
                numeric=(3, 4),
            ),
            "# II. NHẬN XÉT, ĐÁNH GIÁ",
            *(
                report.narrative.split("\n")
                if report.narrative.strip()
                else ["(Chưa có nhận xét.)"]
            ),
            "Số liệu được đếm từ hồ sơ; mỗi con số mở được danh sách hồ sơ trên hệ thống Gương.",
        ],
        signer_title="Thủ trưởng đơn vị" if not report.unit.is_root() else "TM. Ủy ban nhân dân",
        receivers=["Như trên", "Sở Nội vụ" + mark()],
        is_demo=settings.IS_DEMO_HOME,
    )
    return write_docx(paper)


def xlsx(report: PeriodicReport) -> bytes:
    """The same figures as a sheet, and the rows behind each on a sheet of its own."""
    scope = None if report.unit.is_root() else report.unit
    found = figures_of(report)
    main = Sheet(
        title=f"Báo cáo {report.period.code}",
        columns=[
            ("Mã", 8),
            ("Chỉ tiêu", 60),
            ("Đơn vị tính", 14),
            ("Kỳ này", 12),
            ("Kỳ trước", 12),
            ("Cách tính", 70),
        ],
        rows=[[f.code, f.name, f.unit_of_count, f.number, f.before, f.definition] for f in found],
        note=f"{report.unit}, {report.period.label}.",
        is_demo=settings.IS_DEMO_HOME,
    )
    lists = [
        Sheet(
            title=f"{figure.code} danh sách",
            columns=[("STT", 6), ("Tên", 60)],
            rows=[
                [number, str(row)]
                for number, row in enumerate(
                    BY_CODE[figure.code].rows(report.period, scope), start=1
                )
            ],
            is_demo=settings.IS_DEMO_HOME,
        )
        for figure in found
    ]
    return write_xlsx([main, *lists])
