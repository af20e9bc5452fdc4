"""Reads mails from stdin, a JSON list of base64, and tells what Python's email package sees in each."""
import base64
import email
import email.policy
import email.utils
import json
import sys


def read(octets):
    mail = email.message_from_bytes(octets, policy=email.policy.default)
    return {
        "from": [a.addr_spec for a in mail["From"].addresses],
        "to": [a.addr_spec for a in mail["To"].addresses],
        "subject": str(mail["Subject"]),
        "message_id": str(mail["Message-ID"]).strip("<>"),
        "parts": [
            {
                "type": part.get_content_type(),
                "method": part.get_param("method"),
                "file": part.get_filename(),
                "content": base64.b64encode(part.get_payload(decode=True)).decode(),
                "text": part.get_content() if part.get_content_maintype() == "text" else None,
            }
            for part in mail.walk()
            if not part.is_multipart()
        ],
    }


json.dump([read(base64.b64decode(text)) for text in json.load(sys.stdin)], sys.stdout)
