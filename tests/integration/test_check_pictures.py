"""Pictures that ought not to be published as they are, in a built site."""

import random
import time

from checking import found, good_site, run
from PIL import Image

from generator import images

GPS, LATITUDE, LONGITUDE = 0x8825, 2, 4
DEGREES = (59.0, 20.0, 30.0)


def painted(path, *, gps=False):
    """A small picture, with or without the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    if gps:
        exif.get_ifd(GPS).update({LATITUDE: DEGREES, LONGITUDE: DEGREES})
    Image.new("RGB", (40, 30), "navy").save(path, exif=exif)


def test_a_picture_that_tells_a_place_is_told(site):
    """GPS in a photograph is found, in JPEG and WebP; other notes of a camera are its own business."""
    made = good_site(site)
    painted(made.output / "quiet.jpg")
    painted(made.output / "mole.jpg", gps=True)
    painted(made.output / "pier.webp", gps=True)
    assert found(run(made)) == [("image-place", "mole.jpg", None), ("image-place", "pier.webp", None)]
    assert run(made).exit_code() == 0


def test_a_picture_that_is_none_is_told(site):
    """A text, an empty file and a picture of another kind under a picture's name are found."""
    made = good_site(site)
    (made.output / "empty.png").write_bytes(b"")
    (made.output / "page.jpg").write_bytes(b"<html>404</html>")
    painted(made.output / "other.webp")
    (made.output / "other.webp").rename(made.output / "other.gif")
    assert found(run(made)) == [("image-unreadable", name, None) for name in ("empty.png", "other.gif", "page.jpg")]


def test_a_large_picture_is_told(site):
    """More than two megabytes are said with their number."""
    made = good_site(site)
    noise = random.Random(1).randbytes(3 * 900 * 900)
    Image.frombytes("RGB", (900, 900), noise).save(made.output / "noise.png")
    report = run(made)
    assert found(report) == [("image-large", "noise.png", None)]
    assert "2.4 MB" in report.findings[0].problem.cause


def test_what_was_seen_is_remembered_and_what_changed_is_seen(site, monkeypatch):
    """A second check says the same without opening a picture; one that was cleaned is told no more."""
    made = good_site(site)
    painted(made.output / "mole.jpg", gps=True)
    time.sleep(0.03)
    told = found(run(made))
    with monkeypatch.context() as patch:
        patch.setattr(images, "noted", None)
        assert found(run(made)) == told == [("image-place", "mole.jpg", None)]
    painted(made.output / "mole.jpg")
    assert found(run(made)) == []
