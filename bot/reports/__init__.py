"""From a hearing to files: the record (everything a report may say, gathered once), its forms, and the pictures.

``report.write`` is the door. Nothing is imported here: the bot hands jobs over, and does without what they need.
"""
