"""Displaced persons: what a figure carries, and two ways to read the figures of a cell that tell the same."""
