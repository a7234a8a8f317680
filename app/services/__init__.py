"""What the program does: no Qt, no SQL. `sync` is the only way in, `publishing` the only way out."""
