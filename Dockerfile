# An image with the README's first command. --user lets the container write files that belong to you:
#   docker build -t factparse .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD/dump:/dump" factparse convert /dump -o /dump/facts.jsonl
FROM python:3.13-slim AS built
WORKDIR /factparse
COPY . .
RUN python3 -m venv .venv && .venv/bin/pip install --no-cache-dir . \
    && .venv/bin/factparse convert fixtures/pages -o /tmp/facts.jsonl

FROM python:3.13-slim
COPY --from=built /factparse/.venv /factparse/.venv
RUN useradd --create-home reader
USER reader
WORKDIR /home/reader
ENTRYPOINT ["/factparse/.venv/bin/factparse"]
