"""Verbs: one public method is one intention of somebody and one transaction; the actor comes first."""
