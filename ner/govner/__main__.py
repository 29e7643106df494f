"""``python -m govner`` is the command ``govner``."""

from .cli.main import main

if __name__ == "__main__":
    main()
