"""Backup and restore of a home: databases, files, the standing release; never the keys."""

import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connections

from guong.core import sealing
from guong.core.models import JournalEntry
from guong.exemplars.models import Exemplar

FOLDERS = ("evidence", "media", "spool", "releases", "objects", "trust", "templates")
MANIFEST = "manifest.json"


class Refused(Exception):
    """The archive is not taken or not made; a Vietnamese sentence."""


def backup(target: Path) -> dict:
    """Write one self-describing archive into an empty folder; return its manifest. Raises Refused."""
    if target.exists() and any(target.iterdir()):
        raise Refused(f"{target} không trống. Chọn một thư mục mới.")
    target.mkdir(parents=True, exist_ok=True)
    sealing.seal_all()
    for alias in ("default", "intake"):
        _dump(alias, target)
    for name in FOLDERS:
        source = settings.HOME / name
        if source.exists():
            shutil.copytree(source, target / name, symlinks=True)
    manifest = {
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "vendor": connections["default"].vendor,
        "demo": settings.IS_DEMO_HOME,
        "journal": sealing.head(),
        "counts": counts(),
        "files": dict(_hashes(target)),
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False), "utf-8")
    return manifest


def counts() -> dict[str, int]:
    """How many rows of what matters most."""
    return {"exemplars": Exemplar.objects.count(), "journal": JournalEntry.objects.count()}


def _dump(alias: str, target: Path) -> None:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(target / f"{alias}.sqlite3")
        with copy:
            connection.connection.backup(copy)
        copy.close()
        return
    values = connection.settings_dict
    command = [
        "pg_dump",
        "--no-owner",
        "--format=custom",
        f"--file={target / alias}.dump",
        f"--host={values['HOST']}",
        f"--port={values['PORT']}",
        f"--username={values['USER']}",
        values["NAME"],
    ]
    subprocess.run(command, check=True, env=os.environ | {"PGPASSWORD": values["PASSWORD"]})


def _hashes(folder: Path):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != MANIFEST:
            yield str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()


def check(archive: Path) -> dict:
    """The manifest of an archive whose every file is as it was. Raises Refused."""
    try:
        manifest = json.loads((archive / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as broken:
        raise Refused(f"{archive} không phải một bản sao lưu trọn vẹn.") from broken
    found = dict(_hashes(archive))
    for name, digest in manifest["files"].items():
        if name not in found:
            raise Refused(f"Bản sao lưu thiếu tệp {name}.")
        if found[name] != digest:
            raise Refused(f"Tệp {name} trong bản sao lưu đã bị sửa hoặc hỏng.")
    return manifest


def restore(archive: Path) -> dict:
    """Put an archive into this home, which must be empty of data; return its manifest."""
    manifest = check(archive)
    if manifest["vendor"] != connections["default"].vendor:
        raise Refused("Bản sao lưu thuộc loại cơ sở dữ liệu khác.")
    for alias in ("default", "intake"):
        _load(alias, archive)
    for name in FOLDERS:
        if (archive / name).exists():
            shutil.copytree(archive / name, settings.HOME / name, symlinks=True, dirs_exist_ok=True)
    if manifest["demo"]:
        (settings.HOME / "DEMO").write_text("DỮ LIỆU MẪU\n", "utf-8")
    return manifest


def _load(alias: str, archive: Path) -> None:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        if place.exists() and place.stat().st_size:
            raise Refused("Chỗ chứa này đã có dữ liệu. Phục hồi vào một chỗ trống.")
        connection.close()
        shutil.copy(archive / f"{alias}.sqlite3", place)
        return
    if connection.introspection.table_names():
        raise Refused("Cơ sở dữ liệu này đã có bảng. Phục hồi vào một cơ sở dữ liệu trống.")
    values = connection.settings_dict
    command = [
        "pg_restore",
        "--no-owner",
        f"--host={values['HOST']}",
        f"--port={values['PORT']}",
        f"--username={values['USER']}",
        f"--dbname={values['NAME']}",
        str(archive / f"{alias}.dump"),
    ]
    subprocess.run(command, check=True, env=os.environ | {"PGPASSWORD": values["PASSWORD"]})
