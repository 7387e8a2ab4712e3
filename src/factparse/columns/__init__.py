"""Rows of running text → the two countries' cells, with a confidence."""
