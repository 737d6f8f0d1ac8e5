"""Our own icons, coloured from SVG when they are asked for, and the shapes of codes."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPixmap, QPolygonF

from cohesion_qda.base.resources import resource
from cohesion_qda.model.shapes import CORNERS


@cache
def _svg(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon `name` (a file of resources/icons) in `colour`, `size` pixels wide on a screen of `ratio`."""
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour.name()).encode()))
    painter = QPainter(picture)
    try:
        renderer.render(painter, QRectF(0, 0, size, size))
    finally:
        painter.end()
    return picture


def icon(name: str, colour: QColor, size: int) -> QIcon:
    """As `pixmap`, as an icon that is sharp on every screen there is."""
    made = QIcon()
    for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


def shape_path(shape: str, rect: QRectF) -> QPainterPath:
    """The outline of a code's shape inside `rect`. Raises KeyError for a shape that is not one of ours."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(
            rect.adjusted(rect.width() * 0.04, rect.height() * 0.04, -rect.width() * 0.04, -rect.height() * 0.04)
        )
        return path
    points = [QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height()) for x, y in CORNERS[shape]]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path
