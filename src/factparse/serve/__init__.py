"""A small server on this machine. It has a page to paste text into, and answers in JSON. See ``docs/serve.md``."""
