"""One file an output format; what a format needs is imported in its own file."""
