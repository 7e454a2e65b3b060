"""Headers that forbid the browser whatever the pages do not need, should hostile text ever get through."""

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The one inline script of Streamlit's index.html, which sets a name for its files.
_INDEX_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"

_POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' {_INDEX_SCRIPT}",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's and Plotly's styles are made in the browser
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}

HEADERS = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class StrictHeaders:
    """Adds the headers to every response of the server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its response back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def middleware() -> list[Middleware]:
    """What the server runs each request through."""
    # Streamlit checks the host of its web socket alone; a page made to resolve to this machine gets nothing here.
    hosts = st.get_option("server.allowedHosts") or ["*"]
    return [Middleware(StrictHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)]
