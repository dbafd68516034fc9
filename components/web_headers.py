"""What every answer under /chat carries, and who may ask at all: security headers, CORS, one form of errors."""

import re
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty

from assistant.origins import Origins
from components.web_errors import Refusal, of_status

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Vary": "Origin",
}
# Where the answer does not say otherwise.
_USUALLY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "retry-after"
_OUR_FORM = b'{"error":{"code":'


class Headers:
    """Middleware for every path under `prefix`."""

    def __init__(self, prefix: str, origins: Origins) -> None:
        """Let `origins` in."""
        self.prefix = prefix
        self._origins = origins

    async def before(self, request: Request) -> HTTPResponse | None:
        """Refuse another site's page, and answer a preflight; otherwise let the request go on."""
        if not self._concerns(request):
            return None
        origin = request.headers.getone("origin", None)
        if not self._origins.accepts(origin, request.headers.getone("host", "")):
            return Refusal(403, "origin_not_allowed", "This site may not use the assistant.").response()
        return empty(headers=_PREFLIGHT) if request.method == "OPTIONS" else None

    async def after(self, request: Request, response: BaseHTTPResponse) -> HTTPResponse | None:
        """Complete the answer, or return another in its place: the server's own errors get our form."""
        if not self._concerns(request):
            return None
        ours = None
        if response.status >= 400 and not (response.body or b"").startswith(_OUR_FORM):
            ours = of_status(response.status).response()
            if "allow" in response.headers:
                ours.headers["Allow"] = response.headers["allow"]
        headers = (ours or response).headers
        for name, value in _USUALLY.items():
            headers.setdefault(name, value)
        headers.update(_ALWAYS)
        origin = request.headers.getone("origin", None)
        if origin and self._origins.lists(origin):
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = _EXPOSED
        return ours

    def leave_to_us(self, app: Sanic) -> None:
        """Keep Rasa's own CORS, which is one for the whole server, from answering for our paths."""
        cors = app.ctx.sanic_cors
        others = re.compile(rf"(?!{self.prefix}(?:/|$)).*", re.DOTALL)
        cors.resources = [(others, options) for _, options in cors.resources]

    def _concerns(self, request: Request) -> bool:
        return request.path == self.prefix or request.path.startswith(f"{self.prefix}/")


class GuardedRoutes(Blueprint):
    """A blueprint whose headers are on every answer under its prefix, also where no route was found."""

    def __init__(self, name: str, headers: Headers) -> None:
        """Use `headers`."""
        super().__init__(name)
        self.ctx.headers = headers

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Register the routes, and the middleware for the whole server."""
        super().register(app, options)  # type: ignore[no-untyped-call]
        headers: Headers = self.ctx.headers
        headers.leave_to_us(app)
        app.register_middleware(headers.before, "request")
        app.register_middleware(headers.after, "response")
