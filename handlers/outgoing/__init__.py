"""The sending side: everything the bot says to people leaves through ``replies``, as raw calls of the Bot API.

The words of this package, each with its module:

- A *reply* answers a press or a message; people wait for it. *Bulk* is what broadcasts send; nobody waits for it, so
  it leaves behind replies. A notice that is ``urgent`` counts as a reply.
- A *screen* is a message with buttons that the bot edits in place, so that a newer screen replaces an older one.
- A chat's *queue* (``chat_queues``) keeps its replies in order, and the limits that Telegram sets for one chat.
- A *slot* (``sliding_window``) is one of the messages that may leave in a second over all chats: thirty of bulk, and
  as many replies as Telegram takes (``answer_pace``). The ``rate_limiter`` grants slots; a *permit* is a message's slot
  and its way to another one.
- A *429* is Telegram's answer "too many requests, retry after so many seconds". It pauses the chat, perhaps all bulk,
  perhaps everything (``circuit_breaker``).
- *Patience* is how many seconds a message may wait for its slot before it is given up.
"""
