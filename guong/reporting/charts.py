"""Charts of the report, drawn on the server: SVG for pages."""

import json
from functools import lru_cache

import vl_convert

INDIGO, PALE = "#2B4C7E", "#B4C4DA"


def bars(pairs: list[tuple[str, int, int]]) -> str:
    """An SVG of bars: label, this period, the period before."""
    return _svg(json.dumps(pairs, ensure_ascii=False))


@lru_cache(maxsize=64)
def _svg(pairs: str) -> str:
    values = []
    for code, now, before in json.loads(pairs):
        values.append({"code": code, "kỳ": "Kỳ này", "số": now})
        values.append({"code": code, "kỳ": "Kỳ trước", "số": before})
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 420,
        "height": 240,
        "background": "#FFFFFF",
        "data": {"values": values},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "x": {
                "field": "code",
                "type": "nominal",
                "title": None,
                "axis": {"labelAngle": 0, "labelFontSize": 13},
            },
            "xOffset": {"field": "kỳ", "sort": ["Kỳ trước", "Kỳ này"]},
            "y": {
                "field": "số",
                "type": "quantitative",
                "title": None,
                "axis": {"tickMinStep": 1, "format": "d"},
            },
            "color": {
                "field": "kỳ",
                "scale": {"domain": ["Kỳ trước", "Kỳ này"], "range": [PALE, INDIGO]},
                "legend": {
                    "title": None,
                    "orient": "top",
                    "columnPadding": 36,
                    "labelFontSize": 13,
                    "labelLimit": 0,
                },
            },
        },
        "config": {"font": "Noto Sans"},
    }
    return vl_convert.vegalite_to_svg(spec)
