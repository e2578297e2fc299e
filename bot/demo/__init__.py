"""``hearing-bot demo``: a sample municipality and a chat page in the browser, over the simulator."""
