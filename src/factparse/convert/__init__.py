"""Converts many inputs: decides who does which part, in which order, and where the output goes."""
