"""Pieces of page that Streamlit has no accessible element for, as real HTML."""
