"""``hearing-bot demo``: sample municipalities and a chat page in the browser, over the simulator."""
