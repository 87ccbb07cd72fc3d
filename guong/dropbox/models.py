"""What comes in from the portal's host. This side only ever inserts; the office reads and empties."""

import uuid

from django.db import models

from guong.core import calendar

FORMS = {
    "gioi-thieu": "Giới thiệu người tốt",
    "hoc-theo": "Tôi muốn học theo",
    "rut-bai": "Rút bài về tôi",
    "gop-y": "Góp ý",
    "phan-anh": "Phản ánh, khiếu nại",
    "binh-luan": "Lời bình",
}


class Submission(models.Model):
    """One form a visitor has sent.

    The key is made here (`intake.submit`), so that the INSERT needs neither a sequence nor RETURNING,
    and the same words sent twice are the same row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.CharField("mẫu", max_length=20, choices=FORMS)
    code = models.CharField("mã", max_length=24, unique=True)
    payload = models.JSONField("nội dung")  # field name of the form → what was written
    files = models.JSONField("tệp", default=list)  # [{name, spool, size, sha256, kind}]
    received_at = models.DateTimeField("nhận lúc", default=calendar.now, db_index=True)

    def __str__(self):
        return f"{self.code} {self.get_form_display()}"


class Hit(models.Model):
    """One reading of one released page. No address, no time of day, nothing about the reader."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.CharField("trang", max_length=80)
    on = models.DateField("ngày", default=calendar.today)

    class Meta:
        indexes = [models.Index(fields=["on", "page"], name="hit_by_day_and_page")]

    def __str__(self):
        return f"{self.page} {self.on:%d/%m/%Y}"
