"""How messages leave: queues, limits, calls of the Bot API, and what Telegram answers."""
