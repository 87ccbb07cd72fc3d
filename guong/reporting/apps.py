from guong.core.room import Room


class ReportingConfig(Room):
    name = "guong.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"
    default = True  # Room is imported here too; without this Django would take neither
