"""What the program knows: canonical tables, the catalogue's models, and problems as data.

Nothing in here reads a file, runs SQL or draws a page.
"""
