"""Facts about pictures and making them fit, with Pillow and without Qt. Knows no network and no database."""
