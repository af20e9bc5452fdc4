"""Reads one question as JSON from stdin and answers it with PyJWT: decode, header or encode."""
import json
import sys

import jwt

ask = json.load(sys.stdin)
if ask["do"] == "decode":
    try:
        options = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iat", "jti"]}
        claims = jwt.decode(ask["token"], ask["key"], algorithms=["HS256"], options=options)
    except jwt.InvalidTokenError:
        claims = None
    answer = {"claims": claims}
elif ask["do"] == "header":
    answer = {"header": jwt.get_unverified_header(ask["token"])}
else:
    answer = {"token": jwt.encode(ask["claims"], ask["key"], algorithm=ask["algorithm"])}
json.dump(answer, sys.stdout)
