"""Native bar charts, with a workbook in which no name is ever a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.slides.parts import EMU
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

_CREATED: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


def bars(  # noqa: PLR0913 - what a chart is made of
    slide: Any,
    rect: Rect,
    *,
    title: str,
    names: Sequence[str],
    values: Sequence[float],
    colors: Sequence[str],
    lang: str,
    number_format: str = "#,##0",
) -> Any:
    """Lying bars, the first at the top, each with its value; returns the shape."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    make: Any = CategoryChartData
    data = make(number_format=number_format)
    shown = [visible(each) for each in names]
    data.categories = shown
    data.add_series(visible(title), list(values))
    at = (rect.left, rect.top, rect.width, rect.height)
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, *(round(each * EMU) for each in at), data
    )
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_workbook(title, shown, values))
    frame.name = "Chart"
    _style(frame.chart, visible(title), colors, lang)
    return frame


def _workbook(title: str, names: Sequence[str], values: Sequence[float]) -> bytes:
    """The data of the chart, for those who edit it."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped,unused-ignore]

    content = io.BytesIO()
    text_only = dict.fromkeys(("formulas", "urls", "numbers"), False)
    options = {f"strings_to_{kind}": value for kind, value in text_only.items()}
    book: Any = Workbook(content, {"in_memory": True, **options})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_string(0, 1, visible(title))
    for number, (name, value) in enumerate(zip(names, values, strict=True), 1):
        sheet.write_string(number, 0, name)
        sheet.write_number(number, 1, value)
    book.close()
    return content.getvalue()


def rgb(color: str) -> Any:
    """A color as the library has it, from `#rrggbb`."""
    from pptx.dml.color import RGBColor

    make: Any = RGBColor
    return make.from_string(color[1:].upper())


def _style(chart: Any, title: str, colors: Sequence[str], lang: str) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    chart.has_legend = False
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = title
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(16), True
    run._r.get_or_add_rPr().set("lang", lang)
    chart.font.size = Pt(13)
    chart.font.color.rgb = rgb(LIGHT.ink)
    axis = chart.category_axis
    axis.reverse_order = True
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = rgb(LIGHT.edge)
    values = chart.value_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale = 0
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(13)
    plot.data_labels.font.bold = True
    plot.data_labels.show_value = True
    for number, color in enumerate(colors):
        point = plot.series[0].points[number]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(color)
