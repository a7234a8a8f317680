"""E-mail: composing, sending by SMTP, reading by IMAP, and what can be told of a letter; plain data in and out, no table, no screen."""
