"""A small server on this machine. It has a page to paste text into, and answers in JSON. ``docs/serve.md`` describes it."""
