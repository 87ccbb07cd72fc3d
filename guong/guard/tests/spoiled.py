"""Bad files, made when they are asked for: nothing harmful is kept in the project."""

import io
import struct
import zipfile

import xlsxwriter

XML = b'<?xml version="1.0" encoding="UTF-8"?>'
BASE = {
    "[Content_Types].xml": XML + b"<Types/>",
    "_rels/.rels": XML + b"<Relationships/>",
    "xl/workbook.xml": XML + b"<workbook/>",
    "xl/worksheets/sheet1.xml": XML + b'<worksheet><row r="1"><c r="A1"/></row></worksheet>',
}


def workbook() -> bytes:
    """A plain list as Excel writes it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["STT", "Họ và tên", "Thành tích"])
        sheet.write_row(1, 0, [1, "Rơ Châm H'Bliu", "Dạy dệt"])
        sheet.write_url(2, 0, "https://gialai.gov.vn/")
    return content.getvalue()


def packed(parts: dict[str, bytes] | None = None, **more) -> bytes:
    """An archive of the base parts and others; a part set to None is left out."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", more.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, part in {**BASE, **(parts or {})}.items():
            if part is not None:
                archive.writestr(name, part)
    return content.getvalue()


def sheet(inside: bytes) -> bytes:
    return packed({"xl/worksheets/sheet1.xml": XML + b"<worksheet>" + inside + b"</worksheet>"})


def symlink() -> bytes:
    content = io.BytesIO(packed())
    with zipfile.ZipFile(content, "a") as archive:
        entry = zipfile.ZipInfo("xl/media/a")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return content.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory that point to the same bytes."""
    content = bytearray(packed({"xl/a.txt": b"x" * 500, "xl/b.txt": b"x" * 500}))
    directory = content.rfind(b"PK\x05\x06")
    first = struct.unpack("<I", content[directory + 16 : directory + 20])[0]
    places = []
    while content[first : first + 4] == b"PK\x01\x02":
        places.append(first)
        name, extra, comment = struct.unpack("<HHH", content[first + 28 : first + 34])
        first += 46 + name + extra + comment
    content[places[-1] + 42 : places[-1] + 46] = content[places[-2] + 42 : places[-2] + 46]
    return bytes(content)


def encrypted_entry() -> bytes:
    content = bytearray(packed())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def bomb() -> bytes:
    return packed(
        {"xl/worksheets/sheet1.xml": XML + b"<worksheet>" + b" " * 8_000_000 + b"</worksheet>"}
    )


def swollen() -> bytes:
    """A sheet of 196 MB in half a megabyte; made in pieces, the tests are not to swell themselves."""
    content = io.BytesIO(packed({"xl/worksheets/sheet1.xml": None}))
    piece = b'<row r="1"><c r="A1"><v>0</v></c></row>' * 25_000
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        part.write(XML + b"<worksheet>")
        for _ in range(200):
            part.write(piece)
        part.write(b"</worksheet>")
    return content.getvalue()


def crowd(entries: int = 2_001) -> bytes:
    return packed({f"xl/media/{number}.png": b"" for number in range(entries)})


OUTWARD = (
    XML + b'<Relationships><Relationship Id="r1" Type="http://x/oleObject" Target="http://a.b/c" '
    b'TargetMode="External"/></Relationships>'
)
DOCTYPE = XML + b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
OUTSIDE = XML + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
LAUGHS = (
    XML + b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n - 1, n - 1) for n in range(1, 30))
    + b"]><sst>&a29;</sst>"
)  # fmt: skip
QUADRATIC = XML + b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 40_000 + b'">]><x>' + b"&a;" * 9 + b"</x>"

# name: (bytes, a piece of the sentence that refuses it)
WORKBOOKS = {
    "empty": (b"", "0 byte"),
    "too large": (b"PK\x03\x04" + b"0" * (20 * 1024 * 1024), "20 MB"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls dạng cũ"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu",
    ),
    "csv renamed": ("STT,Họ tên\n1,Nul\n".encode(), "CSV"),
    "web page renamed": (b"<html><table></table></html>", "trang web"),
    "pdf renamed": (b"%PDF-1.7\n\0", "PDF"),
    "something else": (b"\x7fELF\0\0\0", "không phải tệp Excel"),
    "truncated": (workbook()[:-400], "hỏng"),
    "rubbish in a part": (workbook()[:300] + b"\0" * 400 + workbook()[700:], ""),
    "no workbook": (packed({"xl/workbook.xml": None}), "không phải tệp Excel"),
    "word renamed": (packed({"word/document.xml": XML + b"<w/>"}), "Word"),
    "xlsb renamed": (packed({"xl/workbook.bin": b"x"}), "xlsb"),
    "macro": (packed({"xl/vbaProject.bin": b"x"}), "macro"),
    "macro sheet": (packed({"xl/macrosheets/sheet1.xml": XML + b"<x/>"}), "macro"),
    "macro type": (
        packed({"[Content_Types].xml": XML + b'<Types a="sheet.macroEnabled.main+xml"/>'}),
        "macro",
    ),
    "embedded object": (packed({"xl/embeddings/oleObject1.bin": b"x"}), "nhúng"),
    "active control": (packed({"xl/activeX/activeX1.xml": XML + b"<x/>"}), "nhúng"),
    "program inside": (packed({"xl/media/a.exe": b"MZ"}), "nhúng"),
    "archive inside": (packed({"xl/media/a.zip": b"PK"}), "nhúng"),
    "external link": (packed({"xl/externalLinks/externalLink1.xml": XML + b"<x/>"}), "nguồn dữ liệu"),
    "data connection": (packed({"xl/connections.xml": XML + b"<x/>"}), "nguồn dữ liệu"),
    "outward relation": (packed({"xl/_rels/workbook.xml.rels": OUTWARD}), "từ nơi khác"),
    "entities": (packed({"xl/workbook.xml": DOCTYPE}), "khai báo XML"),
    "entities in small letters": (packed({"xl/workbook.xml": DOCTYPE.lower()}), "XML"),
    "entities after a comment": (
        packed({"xl/workbook.xml": XML + b"<!--" + b"x" * 9_000 + b"-->" + DOCTYPE[len(XML):]}),
        "XML",
    ),
    "endless prolog": (packed({"xl/workbook.xml": XML + b" " * 70_000 + b"<workbook/>"}), "XML"),
    "another encoding": (
        packed({"xl/workbook.xml": "<?xml version='1.0'?><a/>".encode("utf-16")}), "bảng mã",
    ),
    "utf-7": (packed({"xl/workbook.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}), "bảng mã"),
    "bomb": (bomb(), "quá lớn"),
    "too many entries": (crowd(), "quá lớn"),
    "upwards": (packed({"../../x.xml": b"<x/>"}), "đường dẫn"),
    "upwards by backslash": (packed({"xl\\..\\..\\x.xml": b"<x/>"}), "đường dẫn"),
    "absolute": (packed({"/etc/x.xml": b"<x/>"}), "đường dẫn"),
    "drive": (packed({"C:/x.xml": b"<x/>"}), "đường dẫn"),
    "symlink": (symlink(), "đường dẫn"),
    "overlapping": (overlapping(), "chồng"),
    "twice the same": (packed({"XL/WORKBOOK.XML": XML + b"<x/>"}), "trùng tên"),
    "encrypted entry": (encrypted_entry(), "mật khẩu"),
    "far column": (sheet(b'<row r="1"><c r="XFD1" t="s"><v>0</v></c></row>'), "200 cột"),
    "column after 200": (sheet(b'<row r="1"><c s="1" r="GS1"/></row>'), "200 cột"),
    "far row": (sheet(b'<row r="1048576"><c r="A1048576"/></row>'), "99.999 dòng"),
    "template with macros": (
        packed({"[Content_Types].xml": XML + b'<Types a="template.macroEnabled.main+xml"/>'}),
        "macro",
    ),
    "remote template": (
        packed({"xl/_rels/workbook.xml.rels": OUTWARD.replace(b"oleObject", b"attachedTemplate")}),
        "từ nơi khác",
    ),
    "outside entity in custom XML": (packed({"customXml/item1.xml": OUTSIDE}), "khai báo XML"),
    "laughs in the words": (packed({"xl/sharedStrings.xml": LAUGHS}), "khai báo XML"),
    "quadratic": (packed({"xl/styles.xml": QUADRATIC}), "khai báo XML"),
    "huge attribute": (sheet(b'<row r="1" x="' + b"x" * 4_000_000 + b'"/>'), "quá lớn"),
    "ten thousand entries": (crowd(10_000), "quá lớn"),
    "far column late": (sheet(b'<row r="1"><c r="A1"/></row>' * 9_000 + b'<c r="XFD9"/>'), "200 cột"),
}  # fmt: skip
