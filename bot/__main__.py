"""``python -m bot`` is ``hearing-bot``."""

from bot.begin import main

if __name__ == "__main__":
    main()
