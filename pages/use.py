"""stub"""

import streamlit as st
from pages.parts import header, place, trouble


@trouble.guarded
def body():
    project = place.project()
    header.draw("use", project)
    st.write("use")


body()
