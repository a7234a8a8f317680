"""Pure functions on text: plain text from HTML, lengths as networks count them, splitting. No input, no output, no network."""
