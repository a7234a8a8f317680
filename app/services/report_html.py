"""A report as one HTML file that needs nothing else: drawings are inside, with their words; no script, nothing from the net.

It is well-formed XML as well, so that other programs can take it apart.
"""

from __future__ import annotations

import base64
import re
from html import escape

from app.models.report import ReportChart, ReportDocument, ReportFigure, ReportPart, ReportTable, holds_figures

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Nothing is fetched and nothing runs, whatever a title holds."""
STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 32px 24px 64px; background: var(--page); }
header img { max-width: 33%; max-height: 72px; }
h1 { font-size: 26px; line-height: 1.2; margin: 4px 0; } h2 { font-size: 20px; margin: 36px 0 12px; } h3 { font-size: 16px; margin: 24px 0 6px; }
.shop, .facts, .before, .rests, .about, .note { color: var(--faint); } .days { font-size: 18px; } .facts { list-style: none; padding: 0; font-size: 13px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; padding: 0; margin: 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; } .figures b { display: block; font-size: 24px; }
.figures span { display: block; font-size: 13px; } .better { color: var(--better); font-weight: 600; } .worse { color: var(--worse); font-weight: 600; }
figure { margin: 0; } figure svg { display: block; width: 100%; height: auto; overflow: visible; } figcaption { font-size: 13px; color: var(--faint); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th { text-align: start; border-bottom: 1px solid var(--line); color: var(--faint); } td { border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
th, td { padding: 4px 8px; vertical-align: top; } .n { text-align: end; white-space: nowrap; } summary { cursor: pointer; font-size: 13px; margin: 6px 0; }
@media print { body { background: none; } main { max-width: none; padding: 0; } figure, .figures li, tr { break-inside: avoid; }
  details:not([open]) > *:not(summary) { display: block; } }
"""
_ID = re.compile(r'(\bid="|url\(#|xlink:href="#|href="#)')


def report_html(document: ReportDocument) -> bytes:
    """The whole file, UTF-8."""
    colours = f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in document.colours.items())} }}"
    parts = "".join(_part(document, part, number) for number, part in enumerate(document.parts))
    title = " · ".join(each for each in (document.title, document.days, document.shop) if each)
    return (
        "<!DOCTYPE html>\n"
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{escape(document.language)}" xml:lang="{escape(document.language)}">\n<head>\n'
        f'<meta charset="utf-8" />\n<meta http-equiv="Content-Security-Policy" content="{POLICY}" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n<meta name="generator" content="Tertulia" />\n'
        f"<title>{_text(title)}</title>\n<style>{colours}{STYLE}</style>\n</head>\n<body>\n<main>\n{_head(document)}{parts}</main>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _text(text: str) -> str:
    """Text as text; what no document may hold is left out."""
    return escape("".join(each for each in text if each >= " " or each in "\t\n"))


def _head(document: ReportDocument) -> str:
    logo = ""
    if document.logo:
        data = base64.b64encode(document.logo).decode("ascii")
        logo = f'<p><img src="data:image/png;base64,{data}" alt="{_text(document.shop or document.title)}" /></p>\n'
    shop = f'<p class="shop">{_text(document.shop)}</p>\n' if document.shop else ""
    facts = "".join(f"<li>{_text(fact)}</li>" for fact in document.facts)
    return f'<header>\n{logo}{shop}<h1>{_text(document.title)}</h1>\n<p class="days">{_text(document.days)}</p>\n<ul class="facts">{facts}</ul>\n</header>\n'


def _part(document: ReportDocument, part: ReportPart, number: int) -> str:
    figures = f'<ul class="figures">{"".join(_figure(each) for each in part.figures)}</ul>\n' if part.figures else ""
    note = f'<p class="note">{_text(part.note)}</p>\n' if part.note else ""
    charts = "".join(_chart(document, chart, f"{number}-{place}") for place, chart in enumerate(part.charts))
    tables = "".join(f"<h3>{_text(table.title)}</h3>\n{_table(table)}" for table in part.tables)
    return f'<section aria-labelledby="part-{number}">\n<h2 id="part-{number}">{_text(part.title)}</h2>\n{note}{figures}{charts}{tables}</section>\n'


def _figure(figure: ReportFigure) -> str:
    kind = {True: "better", False: "worse", None: "before"}[figure.better]
    lines = (("", figure.title), (kind, figure.change), ("before", figure.before), ("rests", figure.rests))
    (_, title), *below = lines
    told = "".join(f'<span class="{name}">{_text(text)}</span>' for name, text in below if text)
    return f"<li><span>{_text(title)}</span><b>{_text(figure.figure)}</b>{told}</li>"


def _chart(document: ReportDocument, chart: ReportChart, name: str) -> str:
    about = f'<figcaption class="about">{_text(chart.about)}</figcaption>' if chart.about else ""
    label = document.labels["as_table"]
    return (
        f'<figure>\n<h3 id="chart-{name}">{_text(chart.title)}</h3>\n{about}{_drawing(chart, name)}\n</figure>\n'
        f"<details><summary>{_text(label)}: {_text(chart.table.title)}</summary>\n{_table(chart.table)}</details>\n"
    )


def _drawing(chart: ReportChart, name: str) -> str:
    """The drawing with ids of its own, and in words."""
    svg = chart.svg.decode("utf-8")
    begin, end = svg.find("<svg"), svg.rfind("</svg>")
    opened = svg.find(">", begin)
    inside = re.sub(r"<(title|desc)>.*?</\1>", "", svg[opened + 1 : end], flags=re.DOTALL)
    inside = _ID.sub(lambda found: f"{found.group(1)}c{name}-", inside)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {chart.width} {chart.height}" role="img"'
        f' aria-labelledby="alt-{name}"><title id="alt-{name}">{_text(chart.alt)}</title>{inside}</svg>'
    )


def _table(table: ReportTable) -> str:
    right = [bool(place) and holds_figures([row[place] for row in table.rows]) for place in range(len(table.columns))]
    head = "".join(
        f'<th scope="col"{_side(side)}>{_text(name)}</th>' for name, side in zip(table.columns, right, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f'<td dir="auto"{_side(side)}>{_text(cell)}</td>' for cell, side in zip(row, right, strict=True))
        + "</tr>\n"
        for row in table.rows
    )
    return f'<div class="wide"><table aria-label="{_text(table.title)}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n'


def _side(at_right: bool) -> str:
    return ' class="n"' if at_right else ""
