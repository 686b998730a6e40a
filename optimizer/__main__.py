"""``python -m optimizer`` is the command ``diversify``."""

from optimizer.cli import main

if __name__ == "__main__":
    main(prog_name="diversify")
