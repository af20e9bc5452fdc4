"""Prints the mails of a folder (*.eml, oldest first) as JSON, as Python's email package understands them."""
import email
import email.policy
import json
import pathlib
import sys


def read(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    mail = {
        "message_id": message["Message-ID"],
        "from": str(message["From"]),
        "to": str(message["To"]),
        "reply_to": str(message["Reply-To"]) if message["Reply-To"] else None,
        "subject": str(message["Subject"]),
        "structure": " ".join(part.get_content_type() for part in message.walk()),
        "text": "",
        "html": "",
        "calendar": None,
        "method": None,
        "attachment": None,
        "attachment_name": None,
    }
    for part in message.walk():
        if part.defects:
            raise SystemExit(f"{path}: {part.defects}")
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment":
            mail["attachment"] = part.get_payload(decode=True).decode("utf-8")
            mail["attachment_name"] = part.get_filename()
        elif kind == "text/plain":
            mail["text"] = part.get_content()
        elif kind == "text/html":
            mail["html"] = part.get_content()
        elif kind == "text/calendar":
            mail["calendar"] = part.get_payload(decode=True).decode("utf-8")
            mail["method"] = part.get_param("method")
    return mail


paths = sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))
json.dump([read(path) for path in paths], sys.stdout)
