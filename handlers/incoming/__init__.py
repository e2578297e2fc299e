"""Updates come in here: by polling or webhook, parsed, one after another for each person."""
