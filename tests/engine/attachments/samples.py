"""Scans as offices make them, and files that only look like scans."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **how)
    return out.getvalue()


def pdf(pages: int = 1, *, root: dict | None = None, is_locked=False, attached=False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    for key, value in (root or {}).items():
        writer.root_object[NameObject(key)] = value
    if attached:
        writer.add_attachment("x.txt", b"x")
    if is_locked:
        writer.encrypt("x")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str, **more: str) -> dict:
    told = {NameObject("/S"): NameObject(kind)}
    told |= {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return {"/OpenAction": DictionaryObject(told)}


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.js", "alert(1)")
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def lying_png(width: int, height: int) -> bytes:
    """A small file that claims to be a huge picture."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


def with_comment(jpeg: bytes, comment: bytes) -> bytes:
    """A JPEG with a comment of its own right behind its first marker."""
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def escaped(octets: bytes) -> bytes:
    """A PDF whose telling names are spelt in hex, of the same length as before."""
    return octets.replace(b"/JavaScript", b"/#4aavaScript", 1)


GOOD = {
    "pdf": pdf(),
    "pdf-of-three": pdf(3),
    "jpeg": picture(),
    "jpeg-progressive": picture(progressive=True, size=(300, 500)),
    "jpeg-padded": picture() + bytes(7),
    "png": picture("PNG"),
}
BAD = {
    "empty": (b"", "文件是空的"),
    "text": (b"hello", "只收 PDF、JPEG、PNG"),
    "html": (b"<!doctype html><script>1</script>", "只收 PDF、JPEG、PNG"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "只收 PDF、JPEG、PNG"),
    "svg-with-xml": (b'<?xml version="1.0"?><svg onload="1"/>', "只收 PDF、JPEG、PNG"),
    "gif": (picture("GIF"), "只收 PDF、JPEG、PNG"),
    "gif-and-script": (b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)", "只收 PDF、JPEG、PNG"),
    "tiff": (picture("TIFF"), "只收 PDF、JPEG、PNG"),
    "bmp": (picture("BMP"), "只收 PDF、JPEG、PNG"),
    "zip": (archive(), "只收 PDF、JPEG、PNG"),
    "program": (b"MZ" + bytes(100), "只收 PDF、JPEG、PNG"),
    "ole": (b"\xd0\xcf\x11\xe0" + bytes(100), "只收 PDF、JPEG、PNG"),
    "eicar": (EICAR, "病毒特征"),
    "eicar-in-pdf": (pdf() + EICAR, "病毒特征"),
    "eicar-in-jpeg": (with_comment(picture(), EICAR), "病毒特征"),
    "pdf-and-zip": (pdf() + archive(), "结尾以后还有"),
    "pdf-and-zip-hidden": (pdf() + archive() + b"%%EOF", "还夹着另一种格式"),
    "jpeg-and-zip": (picture() + archive(), "结尾以后还有"),
    "png-and-zip": (picture("PNG") + archive(), "结尾以后还有"),
    "jpeg-and-script": (picture(size=(600, 400)) + SCRIPT, "结尾以后还有"),
    "png-and-script": (picture("PNG") + SCRIPT, "还夹着另一种格式"),
    "jpeg-with-script": (with_comment(picture(), SCRIPT), "还夹着另一种格式"),
    "jpeg-with-pdf": (with_comment(picture(), b"%PDF-1.7"), "还夹着另一种格式"),
    "pdf-late": (b"\n\n" + pdf(), "只收 PDF、JPEG、PNG"),
    "pdf-script": (pdf(root=action("/JavaScript", JS="app.alert(1)")), "脚本、动作"),
    "pdf-script-in-hex": (
        escaped(pdf(root=action("/JavaScript", X="app.alert(1)"))),
        "脚本、动作",
    ),
    "pdf-launch": (pdf(root=action("/Launch", F="cmd.exe")), "脚本、动作"),
    "pdf-submit": (pdf(root=action("/SubmitForm", F="http://x")), "脚本、动作"),
    "pdf-embedded": (pdf(attached=True), "内嵌文件"),
    "pdf-xfa": (pdf(root={"/XFA": TextStringObject("<x/>")}), "表单程序"),
    "pdf-password": (pdf(is_locked=True), "口令或加密"),
    "pdf-half": (pdf(3)[:400], "不完整或已损坏"),
    "pdf-nothing": (b"%PDF-1.7\n%%EOF", "不完整或已损坏"),
    "jpeg-half": (picture(size=(600, 400))[:-40], "不完整或已损坏"),
    "png-half": (picture("PNG")[:-14], "不完整或已损坏"),
    "jpeg-magic-only": (b"\xff\xd8\xff", "不完整或已损坏"),
    "png-magic-only": (b"\x89PNG\r\n\x1a\n", "不完整或已损坏"),
    "png-50000": (lying_png(50_000, 50_000), "像素太多"),
    "png-lying": (lying_png(3000, 3000), "不完整或已损坏"),
}
