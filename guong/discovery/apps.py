from guong.core.room import Room


class DiscoveryConfig(Room):
    name = "guong.discovery"
    label = "discovery"
    verbose_name = "Phát hiện"
