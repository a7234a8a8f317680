"""Parts that several pages share; each draws itself from the theme and knows no page."""
