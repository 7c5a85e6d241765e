"""The entry: every request to any page passes here first."""

import streamlit as st

from pages.parts import language, steps, style

st.set_page_config(page_title="Modelyard", layout="wide")
language.follow_session()
style.wear()
st.navigation([steps.page(name) for name in ("home", *steps.NAMES)], position="hidden").run()
