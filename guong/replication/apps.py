from guong.core.room import Room


class ReplicationConfig(Room):
    name = "guong.replication"
    label = "replication"
    verbose_name = "Nhân rộng"
    default = True  # Room is imported here too; without this Django would take neither
