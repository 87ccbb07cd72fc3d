from guong.core.room import Room


class DropboxConfig(Room):
    name = "guong.dropbox"
    label = "dropbox"
    verbose_name = "Hộp thư"
