"""The dashboard: navigation, nothing else. `streamlit run app.py` serves it behind strict headers."""

if __name__ != "__mp_main__":  # a process that reads records imports this file too, and needs nothing of it
    import streamlit as st

    from diagnostics.views import portfolio_page, project_page, security

    if __name__ == "__main__":  # Streamlit runs this file for each visitor under the name __main__ ...

        def _portfolio() -> None:
            portfolio_page.draw(project)

        def _project() -> None:
            project_page.draw(portfolio)

        portfolio = st.Page(_portfolio, title="Portfolio", url_path="portfolio", default=True)
        project = st.Page(_project, title="Project", url_path="project", visibility="hidden")
        st.navigation([portfolio, project], position="top").run()
    else:  # ... and its server imports it once for the application itself.
        app = st.App(__file__, middleware=security.middleware())
