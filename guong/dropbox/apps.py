from guong.core.room import Room


class DropboxConfig(Room):
    name = "guong.dropbox"
    label = "dropbox"
    verbose_name = "Hộp thư"
    default = True  # Room is imported here too; without this Django would take neither
