"""An OpenID Connect provider of our own, on this machine: discovery, authorize, token and keys; it signs with RS256."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

CLIENT, SECRET, KID = "buurtkas", "een-geheim-van-de-test", "sleutel-1"
BACK = "/aanmelden/organisatie/organisatie/terug/"


def new_key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """`claims` is what it says of whoever comes by. `signs_with` may be another key than the one it publishes."""

    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAPrivateKey = field(default_factory=new_key)
    signs_with: Any = None
    algorithm: str = "RS256"
    denies: bool = False
    has_page: bool = False  # with a button, for who comes with a browser; else it sends back at once
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    server: Any = None

    def start(self) -> "Provider":
        provider = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, urlsplit(self.path).path, dict_of(urlsplit(self.path).query))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, self.path, dict_of(body))

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, page: BaseHTTPRequestHandler, path: str, asked: dict[str, str]) -> None:
        if path == "/authorize" and not is_right(asked):
            return answer_with(page, 400, "text/plain", "not as the standard asks it")
        if path == "/authorize" and self.has_page and page.command == "GET":
            return answer_with(page, 200, "text/html", form_of(asked))
        if path == "/authorize":
            return self.send_back(page, asked)
        said = {"/.well-known/openid-configuration": self.about, "/keys": self.keys, "/token": self.token}[path](asked)
        return answer_with(page, 200 if said else 400, "application/json", json.dumps(said))

    def send_back(self, page: BaseHTTPRequestHandler, asked: dict[str, str]) -> None:
        """Whoever comes by has signed in here already, or has pressed the button."""
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        said = {"error": "access_denied"} if self.denies else {"code": code}
        page.send_response(302)
        page.send_header("Location", f"{asked['redirect_uri']}?{urlencode(said | {'state': asked['state']})}")
        page.end_headers()

    def about(self, _asked: dict[str, str]) -> dict[str, Any]:
        doors = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer} | {name: f"{self.issuer}/{path}" for name, path in doors.items()}

    def keys(self, _asked: dict[str, str]) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": KID, "use": "sig", "alg": "RS256"}]}

    def token(self, asked: dict[str, str]) -> dict[str, Any]:
        """Once for each code, and only for who holds the verifier and the secret; else nothing."""
        before = self.asked.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not before or before["code_challenge"] != challenge or asked.get("client_secret") != SECRET:
            return {}
        if before["redirect_uri"] != asked.get("redirect_uri"):
            return {}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "nummer-1", "iat": now, "exp": now + 300} | self.claims
        signed = jwt.encode(claims, self.signs_with or self.key, algorithm=self.algorithm, headers={"kid": KID})
        return {"access_token": "niets", "token_type": "Bearer", "id_token": signed}


def is_right(asked: dict[str, str]) -> bool:
    """Whether the question is one we may answer: from our one client, to its one address, with a state and PKCE."""
    back = urlsplit(asked.get("redirect_uri", ""))
    return (
        asked.get("client_id") == CLIENT
        and asked.get("response_type") == "code"
        and (back.hostname, back.path) in {(host, BACK) for host in ("testserver", "localhost")}
        and asked.get("code_challenge_method") == "S256"
        and bool(asked.get("state") and asked.get("code_challenge"))
    )


def form_of(asked: dict[str, str]) -> str:
    """The provider's own page: who are you? With one button, and everything that was asked behind it."""
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(text)}">' for name, text in asked.items())
    return (
        f'<title>Waterveen ID</title><form method="post" action="/authorize">{fields}<button>Ik ben het</button></form>'
    )


def answer_with(page: BaseHTTPRequestHandler, status: int, kind: str, text: str) -> None:
    page.send_response(status)
    page.send_header("Content-Type", kind)
    page.end_headers()
    page.wfile.write(text.encode())


def dict_of(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
