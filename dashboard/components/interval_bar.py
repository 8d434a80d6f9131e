"""A value with its interval as a small picture in a table cell."""

from __future__ import annotations

_WIDTH = 120.0
_MIDDLE = 8.0


def svg(
    value: float | None,
    lower: float | None,
    upper: float | None,
    *,
    scale: tuple[float, float],
    line_at: float | None = None,
) -> str:
    """A dot, its interval as a bar, and a tick where `line_at` (the county) lies; the table holds the numbers.

    Args:
        value: Where the dot is.
        lower: The interval's lower end.
        upper: The interval's upper end.
        scale: Lowest and highest value of the whole column.
        line_at: Value to compare with.
    """
    if value is None:
        return ""
    low, high = scale

    def x(at: float) -> str:
        share = (at - low) / ((high - low) or 1.0)
        return f"{min(max(share, 0.0), 1.0) * _WIDTH:.1f}"

    parts = []
    if line_at is not None:
        parts.append(
            f'<path d="M{x(line_at)} 0V16" stroke="var(--fp-quiet)" stroke-width="1" stroke-dasharray="2 2"/>'
        )
    if lower is not None and upper is not None:
        parts.append(
            f'<path d="M{x(lower)} {_MIDDLE}H{x(upper)}" stroke="var(--st-primary-color)" stroke-width="3" '
            'stroke-opacity="0.45" stroke-linecap="round"/>'
        )
    parts.append(f'<circle cx="{x(value)}" cy="{_MIDDLE}" r="3.6" fill="var(--st-primary-color)"/>')
    return f'<svg class="fp-range" viewBox="0 0 {_WIDTH:.0f} 16" aria-hidden="true">{"".join(parts)}</svg>'
