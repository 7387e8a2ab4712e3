"""Text → lossless tree of pages, sections and rows."""
