from guong.core.room import Room


class DiscoveryConfig(Room):
    name = "guong.discovery"
    label = "discovery"
    verbose_name = "Phát hiện"
    default = True  # Room is imported here too; without this Django would take neither
    loads = ("policies", "receivers", "importers")
