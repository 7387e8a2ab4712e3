"""A page to look at in a browser: one self-contained HTML file. ``docs/report.md`` describes it."""
