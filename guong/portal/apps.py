from guong.core.room import Room


class PortalConfig(Room):
    name = "guong.portal"
    label = "portal"
    verbose_name = "Cổng công khai"
