"""The command line: the same services without a window. Results on standard output, one sentence of trouble on standard error."""
