"""Pictures made anew: the first picture of a file, upright, and nothing else of what it held."""

import io

import pi_heif
from PIL import Image, ImageOps

from congress.upload_kinds import UploadRefused

MOST_PIXELS = 25_000_000
SMALL = 360  # pixels of the longer side of the small picture
QUALITY = 88
_FORMATS = {"jpg": ["JPEG", "MPO"], "png": ["PNG"], "heic": ["HEIF"]}
_MODES = {"png": {"1", "L", "LA", "P", "RGB", "RGBA"}, "jpg": {"L", "RGB"}}
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, RuntimeError, Image.DecompressionBombError)


def made_anew(kind, content):
    """(the picture, a small JPEG of it). UploadRefused(sentence, millions of pixels)."""
    try:
        picture = _opened(kind, content)
        return _written(picture, "png" if kind == "png" else "jpg"), _small(picture)
    except _BROKEN as error:
        raise UploadRefused("broken", 0) from error


def _opened(kind, content):
    Image.MAX_IMAGE_PIXELS = None  # measured here, before anything is unpacked
    if kind == "heic":
        pi_heif.register_heif_opener(thumbnails=False)
    picture = Image.open(io.BytesIO(content), formats=_FORMATS[kind])
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS:
        raise UploadRefused("pixels", -(-pixels // 1_000_000))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    transparent = upright.info.get("transparency")
    upright.info = {} if transparent is None else {"transparency": transparent}
    return upright


def _written(picture, suffix):
    """The bytes of the picture without any note beside it."""
    if picture.mode not in _MODES[suffix]:
        picture = _flat(picture) if suffix == "jpg" else picture.convert("RGB")
    written = io.BytesIO()
    if suffix == "jpg":
        picture.save(written, "JPEG", quality=QUALITY, optimize=False, exif=b"")
    else:
        picture.save(written, "PNG", compress_level=5, exif=None)
    return written.getvalue()


def _flat(picture):
    """On white, where parts can be seen through; colours of print turned into those of a screen."""
    if picture.mode not in ("RGBA", "LA", "PA", "P"):
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")


def _small(picture):
    small = _flat(picture)
    small.thumbnail((SMALL, SMALL))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=80)
    return written.getvalue()
