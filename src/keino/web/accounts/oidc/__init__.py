"""OpenID Connect as we want it: one issuer, its own keys, a nonce and PKCE, and addresses judged by domain."""
