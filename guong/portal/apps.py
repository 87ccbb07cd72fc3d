from guong.core.room import Room


class PortalConfig(Room):
    name = "guong.portal"
    label = "portal"
    verbose_name = "Cổng công khai"
    default = True  # Room is imported here too; without this Django would take neither
