"""What every refused file has in common."""

import zipfile
import zlib


class Refused(Exception):
    """The file is not taken; the message says in Vietnamese why and what to do."""


# What Python raises over an archive that lies: a bad directory, sizes that are none, a password
# (RuntimeError), a packing it does not know (NotImplementedError), bytes that do not unpack (zlib).
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
