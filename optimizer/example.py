"""Where the shipped example lies, in a checkout and in an installed package."""

from pathlib import Path

EXAMPLE = "rare_earth_magnets"

_PACKAGE = Path(__file__).resolve().parent


def example_folder() -> Path:
    """The folder with the example's tables, one ``TABLE.csv`` each.

    An installed wheel carries the example inside the package; a checkout (and an editable
    install of it) has it in ``data/`` beside the package.

    Raises:
        FileNotFoundError: the installation carries no example.
    """
    places = (_PACKAGE / "_data" / EXAMPLE, _PACKAGE.parent / "data" / EXAMPLE)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(
        f"the example {EXAMPLE} is in neither {places[0]} nor {places[1]}; reinstall the package"
    )
