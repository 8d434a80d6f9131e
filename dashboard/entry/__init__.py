"""The script that each session runs.

It lies in a folder of its own because Streamlit takes a folder named `pages` beside the script for pages of its
own making, and would tell the first visitor that the page doesn't exist.
"""
