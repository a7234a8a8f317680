"""Dresses the QApplication: style, palette, fonts, Qt's own words.

PySide makes a class of Qt when its name is first used: what only speaking needs is named through its module.
"""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtWidgets import QApplication

from app.ui.icons import Icons
from app.ui.stylesheet import palette, stylesheet
from app.ui.theme import Theme


def dress(application: QApplication, theme: Theme, icons: Icons | None = None) -> None:
    """Give Qt's own parts the theme's colours and type, now and whenever they change. A sheet that is said again would dress every widget
    anew: another density alone changes none of them.
    """

    def apply() -> None:
        colours, font, sheet = palette(theme), theme.font("body"), stylesheet(theme)
        if application.palette() != colours:
            application.setPalette(colours)
        if application.font() != font:
            application.setFont(font)
        if application.styleSheet() != sheet:
            application.setStyleSheet(sheet)

    theme.changed.connect(apply)
    apply()
    if icons is not None:
        application.setWindowIcon(icons.app_icon())


def speak(application: QApplication, language: str, country: str = "") -> QtCore.QTranslator | None:
    """Qt's own words (file dialogs, context menus of fields) and number forms in a language; the translator must be kept."""
    locale = QtCore.QLocale(f"{language}_{country}" if country else language)
    QtCore.QLocale.setDefault(locale)
    if locale.textDirection() != application.layoutDirection():
        application.setLayoutDirection(locale.textDirection())
    translator = QtCore.QTranslator(application)
    if language != "en" and translator.load(locale, "qtbase", "_", QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
        return translator
    return None
