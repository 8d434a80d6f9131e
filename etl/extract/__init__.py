"""One module per file shape; each recognises its shape by content and hands on cells as text."""
