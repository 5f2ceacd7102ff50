"""``python -m rightskit`` is the same as ``rightskit``."""

from rightskit.cli.main import main

if __name__ == "__main__":
    main()
