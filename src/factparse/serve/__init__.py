"""A small server on this machine: a page to paste text into, and answers in JSON. ``docs/serve.md`` describes it."""
