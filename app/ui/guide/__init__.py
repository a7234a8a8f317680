"""The user's guide inside the program: contents, pages, search; imported when it is first asked for."""
