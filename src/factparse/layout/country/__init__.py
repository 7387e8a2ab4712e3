"""Pages of one country: which lines of a text are their headings, topics and labels, and whether they make a page."""
