"""``python -m factparse`` is the command ``factparse``."""

from factparse.cli import main

if __name__ == "__main__":
    main()
