"""The entry: every request to any page passes here first."""

import streamlit as st

from pages.parts import language, place, steps, style

st.set_page_config(page_title="Modelyard", layout="wide")
language.follow_session()
style.wear()
page = st.navigation([steps.page(name) for name in ("home", *steps.NAMES)], position="hidden")
place.arrive(page.url_path)
page.run()
