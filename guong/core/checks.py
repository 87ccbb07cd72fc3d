"""What the database must show before the office may start."""

from django.core.checks import Error, Tags, register

from guong.core import triggers


@register(Tags.database)
def journal_is_protected(app_configs, databases=None, **kwargs):
    """The append-only triggers stand; asked only with `check --database default`."""
    if "default" not in (databases or []):
        return []
    missing = triggers.missing("default")
    if not missing:
        return []
    return [
        Error(
            "Nhật ký chưa được bảo vệ: thiếu " + ", ".join(sorted(missing)),
            hint="Chạy: guong migrate",
            id="guong.E001",
        )
    ]
