"""Heavy work beside the bot: files and pictures are made in a process of their own, so that nobody waits for them.

``process`` starts it with the first job, ends it when nothing was asked for in a while, and starts another when it
dies; ``child`` is what runs in it; ``frames`` is how the two speak; ``local`` does the same jobs in this process.
"""
