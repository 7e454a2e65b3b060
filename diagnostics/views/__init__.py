"""Views: thin Streamlit pages on finished diagnoses."""
