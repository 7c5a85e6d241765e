"""Serves Modelyard: `streamlit run app.py`. The pages begin in `pages/parts/entry.py`, the routes are our own.

The entry script must not lie beside `pages/`: Streamlit would then open a page by its URL without passing it.
"""

import streamlit as st

from pages.parts import server

app = st.App("pages/parts/entry.py", routes=server.ROUTES, lifespan=server.lifespan)
