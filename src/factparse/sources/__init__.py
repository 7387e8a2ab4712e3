"""Reads inputs into records: files, folders, standard input. Each format has its own module."""
