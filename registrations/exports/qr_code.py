"""An address as a QR code (ISO/IEC 18004) for slides and letters."""

import io

import segno


def qr_code(address: str, *, title: str) -> bytes:
    """The code as SVG: black on white with four modules of quiet zone, error correction M. `title` is what a screen reader says."""
    file = io.BytesIO()
    code = segno.make_qr(address, error="m", boost_error=False)
    code.save(file, kind="svg", scale=1.5, unit="mm", border=4, dark="#000", light="#fff", title=title, svgclass=None, lineclass=None)
    return file.getvalue()
