"""`python -m audiobuild` (layer 5)."""

from audiobuild.cli import main

if __name__ == "__main__":
    main()
