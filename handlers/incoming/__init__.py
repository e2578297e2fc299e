"""How updates come in: polling or webhook, parsed, one after another for each person."""
