"""`python -m diagnostics` is the command `unstuck`."""

from diagnostics.cli import main

if __name__ == "__main__":
    main()
