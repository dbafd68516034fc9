"""The built widget and its demo page, as they were when the server started."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from components.web_errors import later, of_status

_PAGE = "demo.html"
_SCRIPT = "widget.js"
_SECONDS_TO_BUILD = 60
# Only from here: no third party, no script or style in the page's text, no frame around it.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class File:
    """A file as it is served. `tag`: its ETag, in quotes."""

    body: bytes
    content_type: str
    tag: str


def load(folder: Path) -> Mapping[str, File]:
    """Return the files of the folder by their names; nothing where the widget is not built.

    They are read once: no path that a client sends reaches the file system.
    """
    return {file.name: _file(file) for file in sorted(folder.glob("*")) if file.is_file()}


class Pages:
    """Serves the files. `shared`: other sites may load the script."""

    def __init__(self, files: Mapping[str, File], shared: bool) -> None:
        """Keep the files."""
        self._files = files
        # A script tag does not say on which site it stands, so it is for all of them or for none.
        self._sharing = {"Cross-Origin-Resource-Policy": "cross-origin"} if shared else {}

    def add_to(self, routes: Blueprint) -> None:
        """Add the page, the script, and under /assets/ what they load."""

        async def page(request: Request) -> HTTPResponse:
            return self._serve(request, _PAGE, {"Content-Security-Policy": _PAGE_POLICY})

        async def script(request: Request) -> HTTPResponse:
            return self._serve(request, _SCRIPT, self._sharing)

        async def asset(request: Request, name: str) -> HTTPResponse:
            return self._serve(request, name, self._sharing)

        for path, handler in (("/", page), ("/widget.js", script), ("/assets/<name:str>", asset)):
            routes.add_route(handler, path, methods=["GET", "HEAD"])

    def _serve(self, request: Request, name: str, headers: Mapping[str, str]) -> HTTPResponse:
        file = self._files.get(name)
        if file is None and name in {_PAGE, _SCRIPT}:
            how = "The widget is not built. Run `npm ci && npm run build` in the folder widget, then start again."
            return later(503, "widget_not_built", how, _SECONDS_TO_BUILD).response()
        if file is None:
            return of_status(404).response()
        headers = {"ETag": file.tag, "Cache-Control": "no-cache", **headers}
        if file.tag in request.headers.getone("if-none-match", ""):
            return HTTPResponse(status=304, headers=headers)
        return raw(file.body, content_type=file.content_type, headers=headers)


def _file(file: Path) -> File:
    body = file.read_bytes()
    content_type = _TYPES.get(file.suffix.lower(), "application/octet-stream")
    return File(body, content_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
