"""The areas of a round as a picture: bars of the means, marks of an earlier round and of peers."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.domain.maturity.scores import LEVELS
from keino.report.drawing import ACCENT, INK, MUTED, PAPER, WIDTH, data, draw, lines_of
from keino.web.base.templatetags.keino import speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A picture belongs to its numbers and words, so it can be kept for as long as anybody asks for it.
KEPT_S = 24 * 3600


def areas_figure(title: str, rows: Sequence[SimpleNamespace], *, has_before: bool, has_peers: bool) -> SimpleNamespace:
    """The chart component's figure. ``rows``: name, mean, before, peers (a spread); None is what isn't shown,
    ``hidden`` why the mean isn't.
    """
    records = [_record(rank, row) for rank, row in enumerate(rows)]
    words = _words(rows, has_before=has_before, has_peers=has_peers)
    asked = json.dumps([get_language(), title, words, records], ensure_ascii=False)
    key = f"surveys.areas:{hashlib.sha256(asked.encode()).hexdigest()[:32]}"
    svg = cache.get(key)
    if svg is None:
        svg = draw(_chart(records), "chart-areas", title, words, speaker()).svg
        cache.set(key, svg, KEPT_S)
    return SimpleNamespace(
        title=title, svg=SafeString(svg), alt=words, table=_table(rows, has_before=has_before, has_peers=has_peers)
    )


def _record(rank: int, row: SimpleNamespace) -> dict[str, Any]:
    peers = row.peers
    return {
        "rank": rank,
        "name": lines_of(row.name),
        "start": LEVELS[0],
        "mean": row.mean if row.mean is not None else LEVELS[0],
        "written": _number(row.mean) if row.mean is not None else row.hidden,
        "before": row.before,
        "lower": peers.lower if peers else None,
        "upper": peers.upper if peers else None,
    }


def _number(value: float | None) -> str:
    return speaker().number(value, 1) if value is not None else "–"


def _words(rows: Sequence[SimpleNamespace], *, has_before: bool, has_peers: bool) -> str:
    known = sorted((row for row in rows if row.mean is not None), key=lambda row: row.mean)
    if not known:
        return _("No area may be shown.")
    text = _("Highest is {highest} ({most}), lowest is {lowest} ({least}), on a scale from 1 to 5.").format(
        highest=known[-1].name, most=_number(known[-1].mean), lowest=known[0].name, least=_number(known[0].mean)
    )
    if has_before:
        text += " " + _("The upright line is the earlier round.")
    if has_peers:
        text += " " + _("The thin line beside each bar reaches from the lower to the upper quartile of peers.")
    return text


def _table(rows: Sequence[SimpleNamespace], *, has_before: bool, has_peers: bool) -> SimpleNamespace:
    head = [_("Area"), _("Score (1–5)")]
    head += [_("Earlier round")] if has_before else []
    head += [_("Peers: lower quartile"), _("Peers: median"), _("Peers: upper quartile")] if has_peers else []
    cells = []
    for row in rows:
        line = [row.name, _number(row.mean)] + ([_number(row.before)] if has_before else [])
        if has_peers:
            ends = (row.peers.lower, row.peers.median, row.peers.upper) if row.peers else (None, None, None)
            line += [_number(end) for end in ends]
        cells.append(line)
    return SimpleNamespace(head=head, rows=cells)


def _chart(records: list[dict[str, Any]]) -> Any:
    import altair as alt

    names = json.dumps([record["name"] for record in records], ensure_ascii=False)
    axis = alt.Axis(labelExpr=f"{names}[datum.value]", ticks=False, domain=False, grid=False, title=None)
    scale = alt.Scale(domain=[LEVELS[0], LEVELS[-1] + 0.7], nice=False)
    levels = alt.Axis(values=list(LEVELS), format="d", title=None)
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=axis, title=None))
    bars = base.mark_bar(height=16, color=ACCENT).encode(x=alt.X("start:Q", scale=scale, axis=levels), x2="mean:Q")
    peers = base.mark_rule(color=MUTED, strokeWidth=3, yOffset=12).encode(x="lower:Q", x2="upper:Q")
    halo = base.mark_tick(color=PAPER, thickness=5, height=24).encode(x="before:Q")
    before = base.mark_tick(color=INK, thickness=2, height=24).encode(x="before:Q")
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=13, fontWeight=600).encode(
        x="mean:Q", text="written:N"
    )
    return alt.layer(bars, peers, halo, before, text).properties(width=WIDTH, height=40 * len(records) + 40)
