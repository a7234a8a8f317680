"""The small line beside a figure: nothing for fewer than two values, a gap for what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.ui.charts.spark import NARROW, WIDTH, Spark
from app.ui.look import Look
from app.ui.widgets.text import Label


def inked(look: Look, values: Sequence[float | None]) -> int:
    """Columns of the picture that the line is in."""
    spark = Spark(look)
    spark.resize(spark.sizeHint())
    empty = spark.grab().toImage()
    spark.show_values(values)
    image = spark.grab().toImage()
    return sum(any(image.pixel(x, y) != empty.pixel(x, y) for y in range(image.height())) for x in range(image.width()))


def test_a_line_needs_two_values_and_leaves_gaps(qapp: QApplication, look: Look) -> None:
    assert inked(look, []) == inked(look, [3.0]) == inked(look, [None, 3.0]) == 0
    whole = inked(look, [1.0, 2.0, 3.0, 2.0, 1.0, 2.0])
    assert 0 < inked(look, [1.0, 2.0, None, None, 1.0, 2.0]) < whole


def test_it_gives_way_to_the_figure_beside_it(qapp: QApplication, look: Look) -> None:
    card = QWidget()
    row = QHBoxLayout(card)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    figure, spark = Label(look, "23 min", "display"), Spark(look)
    row.addWidget(figure)
    row.addWidget(spark)
    for room, width in ((WIDTH + 40, WIDTH), (WIDTH - 20, WIDTH - 20), (NARROW - 10, NARROW)):
        card.resize(figure.sizeHint().width() + 6 + room, 40)
        card.show()
        qapp.processEvents()
        assert (spark.width(), spark.x() - figure.geometry().right() - 1 >= 6) == (width, True)
    card.deleteLater()
