"""Inputs to records: files, folders and standard input, one file a format."""
