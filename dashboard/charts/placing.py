"""Where beside a point its name has room, in pixels."""

from __future__ import annotations

#: Left, right, bottom, top.
Box = tuple[float, float, float, float]

#: Height of a name.
LINE = 15.0

#: From a point's middle to where its name begins.
_AWAY = 9.0


def box(x: float, y: float, width: float, height: float) -> Box:
    """The box of this size about a point."""
    return x - width / 2, x + width / 2, y - height / 2, y + height / 2


def beside(
    point: tuple[float, float], long: float, size: tuple[float, float], taken: list[Box]
) -> tuple[float, float] | None:
    """Where a name has room, as pixels to the right and upwards from the point; None where nowhere near.

    Args:
        point: Its place in the picture, from the left and from the bottom.
        long: How long the name is.
        size: How large the picture is.
        taken: Where other names and points are.
    """
    right, above = long / 2 + _AWAY, LINE
    aslant = (right, LINE * 0.8), (-right, LINE * 0.8), (right, -LINE * 0.8), (-right, -LINE * 0.8)
    for across, up in ((right, 0.0), (-right, 0.0), (0.0, above), (0.0, -above), *aslant):
        wanted = box(point[0] + across, point[1] + up, long, LINE)
        if _inside(wanted, size) and not any(_over(wanted, other) for other in taken):
            return across, up
    return None


def _inside(wanted: Box, size: tuple[float, float]) -> bool:
    return wanted[0] >= 0 and wanted[1] <= size[0] and wanted[2] >= 0 and wanted[3] <= size[1]


def _over(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
