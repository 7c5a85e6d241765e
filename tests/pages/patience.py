"""How long a page may take to be drawn, in seconds: Streamlit's own three are too few on a busy machine."""

SECONDS = 120
