"""Saved copies as the app makes them: plain, and encrypted to the organisation's key."""

import gzip
import json
from typing import Any

from joserfc import jwe
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey
from joserfc.registry import HeaderParameter


def plain_copy(install: str, *ops: dict[str, Any], **members: Any) -> bytes:
    listed = [{"install": install, **op} for op in ops]
    made = {"format": "lykta-ops", "v": 1, "made_at": "2026-11-20T21:00:00.000Z", "count": len(ops), "ops": listed}
    return json.dumps(made | members, ensure_ascii=False).encode()


def seal_copy(key: dict[str, str], plain: bytes, *, zipped: bool = True, **header: Any) -> bytes:
    """`key`: the public one that hello hands out."""
    protected = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": key["kid"], "ops": 1} | header
    if zipped:
        protected, plain = protected | {"cty": "application/gzip"}, gzip.compress(plain)
    public = ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y")})
    registry = JWERegistry(
        {"ops": HeaderParameter("Number of ops", "int")}, algorithms=["ECDH-ES", "A256GCM", "A128GCM"]
    )
    registry.max_ciphertext_length = 2**30
    return jwe.encrypt_compact(protected, plain, public, registry=registry).encode()
