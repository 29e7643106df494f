"""How sure a share is that was counted on few cases."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054  # 95 %, two-sided


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval of ``hits`` out of ``total`` (Wilson, 1927); 0 to 1 for none.

    Unlike hits/total plus or minus something, it stays honest for 3 of 3: 0.44 to 1.
    """
    if total == 0:
        return (0.0, 1.0)
    share = hits / total
    centre = share + Z * Z / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return (max(0.0, low) if hits else 0.0, min(1.0, high) if hits < total else 1.0)
