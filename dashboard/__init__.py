"""The Streamlit pages and the server that carries them."""
