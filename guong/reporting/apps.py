from guong.core.room import Room


class ReportingConfig(Room):
    name = "guong.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"
