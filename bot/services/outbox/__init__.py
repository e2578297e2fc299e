"""The outbox: notices are stored in the transaction of the change that causes them, and delivered afterwards.

What happens to a broadcast, in order, and where; the words are explained in ``bot.domain.notices``:

1. ``enqueue``: the broadcast is stored, in the caller's transaction.
2. ``fan_out``: a notice is stored for each of its recipients, a batch at a time.
3. ``lease``: claims of processes that are gone are released, so that their notices are sent after all.
4. ``sender``: notices are claimed, and each is made into a letter (``letters``).
5. ``deliveries``: letters are handed to the courier.
6. ``completion``: what came of each is recorded, which ends its claim.

An owed reply (``bot.domain.owed_replies``) is stored by the service that handles a message, in its transaction. It goes
the same way from 3 on, before the notices of broadcasts (``replies``, ``reply_letters``).
"""
