"""The words of the house in five languages, and the tool that keeps them whole: ``python -m locales``."""
