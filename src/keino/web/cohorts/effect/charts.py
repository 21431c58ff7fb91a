"""Changes with their intervals as a picture: one line for each group and one for the difference."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.report.drawing import ACCENT, INK, MUTED, WIDTH, data, draw, named_axis
from keino.web.base.templatetags.keino import speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keino.domain.programmes.effect import Interval

#: A picture belongs to its numbers and words, so it can be kept for as long as anybody asks for it.
KEPT_S = 24 * 3600


def changes_figure(
    key: str, title: str, rows: Sequence[tuple[str, Interval, str]], scale: float, table: SimpleNamespace
) -> SimpleNamespace:
    """The chart component's figure; ``rows``: name, change, the change as written; ``scale`` to the axis' unit."""
    records = [_record(rank, name, each, scale) for rank, (name, each, _written) in enumerate(rows)]
    words = " ".join(f"{name}: {written}." for name, _each, written in rows)
    words = _("{changes} The line is the 95% interval; where it crosses zero, chance may explain the change.").format(
        changes=words
    )
    asked = json.dumps([get_language(), key, title, words, records], ensure_ascii=False)
    kept = f"cohorts.effect:{hashlib.sha256(asked.encode()).hexdigest()[:32]}"
    svg = cache.get(kept)
    if svg is None:
        svg = draw(_chart(records, title), key, title, words, speaker()).svg
        cache.set(kept, svg, KEPT_S)
    return SimpleNamespace(title=title, svg=SafeString(svg), alt=words, table=table)


def _record(rank: int, name: str, each: Interval, scale: float) -> dict[str, Any]:
    return {
        "rank": rank,
        "name": name,
        "mean": each.mean * scale,
        "low": each.low * scale,
        "high": each.high * scale,
    }


def _chart(records: list[dict[str, Any]], title: str) -> Any:
    import altair as alt

    ends = [0.0, *(record["low"] for record in records), *(record["high"] for record in records)]
    room = (max(ends) - min(ends) or 1.0) * 0.08
    scale = alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False)
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=named_axis(records), title=None))
    axis = alt.Axis(title=title, tickCount=6)
    rules = base.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q")
    points = base.mark_point(filled=True, size=110, color=ACCENT, opacity=1).encode(x=alt.X("mean:Q", scale=scale))
    zero = alt.Chart(data([{"zero": 0.0}])).mark_rule(color=MUTED, strokeDash=[4, 3]).encode(x="zero:Q")
    return alt.layer(zero, rules, points).properties(width=WIDTH, height=36 * len(records) + 50)
