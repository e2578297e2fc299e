"""The package that speaks Telegram: decoded press in, one service call, one screen out."""
