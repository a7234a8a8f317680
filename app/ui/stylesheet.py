"""Palette and style sheet, made from the tokens: for the parts Qt draws itself (fields, menus, scroll bars, tool tips)."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from app.ui.theme import Theme


def stylesheet(theme: Theme) -> str:
    """QSS for the current theme and zoom. Buttons, chips and rows paint themselves and are not in here."""

    def c(path: str) -> str:
        return theme.color(path).name()

    px = theme.px
    field = f"border: 1px solid {c('border.strong')}; border-radius: {theme.radius('input')}px; background: {c('surface.raised')}; " \
        f"color: {c('text.primary')}; selection-background-color: {c('accent.fill')}; selection-color: {c('accent.onFill')};"
    return f"""
QToolTip {{ background: {c("text.primary")}; color: {c("surface.base")}; border: 0; padding: {px(5)}px {px(8)}px; }}
QLineEdit, QAbstractSpinBox {{ {field} padding: 0 {px(7)}px; }}
QPlainTextEdit, QTextEdit {{ {field} padding: {px(6)}px; }}
QLineEdit:hover, QAbstractSpinBox:hover, QPlainTextEdit:hover, QTextEdit:hover {{ border-color: {c("text.secondary")}; }}
QLineEdit:focus, QAbstractSpinBox:focus {{ border: 2px solid {c("accent.fill")}; padding: 0 {px(7) - 1}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {c("accent.fill")}; padding: {px(6) - 1}px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {c("status.danger.strong")}; }}
QLineEdit:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {{ border-color: {c("border.default")};
    background: {c("surface.window")}; color: {c("text.disabled")}; }}
QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QTextEdit[bare="true"] {{ border: 0; background: transparent; padding: 0; }}
QMenu {{ background: {c("surface.overlay")}; border: 1px solid {c("border.default")}; padding: {px(5)}px; color: {c("text.primary")}; }}
QMenu::item {{ padding: {px(5)}px {px(16)}px {px(5)}px {px(8)}px; border-radius: {px(5)}px; min-height: {px(18)}px; }}
QMenu::item:selected {{ background: {c("surface.selected")}; }}
QMenu::item:disabled {{ color: {c("text.disabled")}; }}
QMenu::icon {{ padding-left: {px(8)}px; }}
QMenu::separator {{ height: 1px; background: {c("border.default")}; margin: {px(5)}px {px(3)}px; }}
QMenuBar {{ background: {c("surface.window")}; color: {c("text.primary")}; border-bottom: 1px solid {c("border.subtle")}; }}
QMenuBar::item {{ padding: {px(4)}px {px(10)}px; background: transparent; border-radius: {px(4)}px; }}
QMenuBar::item:selected {{ background: {c("surface.selected")}; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; border: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {c("border.default")}; border-radius: {px(3)}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {c("border.strong")}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c("border.subtle")}; }}
QComboBox QAbstractItemView {{ background: {c("surface.overlay")}; color: {c("text.primary")}; border: 1px solid {c("border.default")};
    padding: {px(4)}px; outline: 0; selection-background-color: {c("surface.selected")}; selection-color: {c("text.primary")}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(26)}px; padding: 0 {px(6)}px; border-radius: {px(4)}px; }}
QScrollArea {{ background: transparent; border: 0; }}
QTableView {{ background: {c("surface.base")}; border: 0; outline: 0; gridline-color: transparent; }}
QCalendarWidget QWidget {{ background: {c("surface.overlay")}; color: {c("text.primary")}; }}
"""


def palette(theme: Theme) -> QPalette:
    """A palette for whatever Qt draws by itself (native-looking parts, rich text, dialogs)."""
    made = QPalette()
    role = QPalette.ColorRole
    table = {
        role.Window: "surface.window",
        role.WindowText: "text.primary",
        role.Base: "surface.raised",
        role.AlternateBase: "surface.base",
        role.Text: "text.primary",
        role.Button: "surface.raised",
        role.ButtonText: "text.primary",
        role.BrightText: "text.inverse",
        role.ToolTipBase: "text.primary",
        role.ToolTipText: "surface.base",
        role.PlaceholderText: "text.tertiary",
        role.Highlight: "accent.fill",
        role.HighlightedText: "accent.onFill",
        role.Link: "text.link",
        role.LinkVisited: "text.link",
        role.Accent: "accent.fill",
        role.Light: "surface.raised",
        role.Midlight: "border.subtle",
        role.Mid: "border.default",
        role.Dark: "border.strong",
        role.Shadow: "shadow.color",
    }
    for what, path in table.items():
        made.setColor(what, theme.color(path))
    for what in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, what, theme.color("text.disabled"))
    return made
