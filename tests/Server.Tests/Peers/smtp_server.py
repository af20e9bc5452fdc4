"""A real SMTP server (aiosmtpd) on 127.0.0.1 for the stories about mail.

Prints its port as the first line. Keeps each mail it has read as NNNN.eml in the folder, and the envelope beside it as NNNN.json;
one that it refused after reading is NNNN.refused.
It ends with its standard input, so that none outlives the tests; the line "up" there makes one that was started with --down listen.
"""
import argparse
import asyncio
import json
import logging
import os
import pathlib
import random
import socket
import ssl
import subprocess
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tls", action="store_true", help="ask for STARTTLS, with a certificate made for this run: FOLDER/certificate.pem")
    parser.add_argument("--smtps", action="store_true", help="the same certificate, but TLS from the first byte")
    parser.add_argument("--auth", metavar="USER:PASSWORD", help="take mail only after a login")
    parser.add_argument("--auth-only", choices=["LOGIN", "PLAIN"], help="offer this way to log in and no other")
    parser.add_argument("--reject-rcpt", metavar="ADDRESS", action="append", default=[], help="answer 550 to this recipient")
    parser.add_argument("--fail-first", metavar="N", type=int, default=0, help="answer --fail-with to the first N attempts")
    parser.add_argument("--fail-at", choices=["rcpt", "data"], default="data")
    parser.add_argument("--fail-with", metavar="ANSWER", default="451 4.3.0 Try again later")
    parser.add_argument("--slow", metavar="ADDRESS", nargs="?", const="*", help="keep mail (to this recipient), but never say so")
    parser.add_argument("--ponder", metavar="SECONDS", type=float, default=0, help="note each recipient as ADDRESS.asked, and think before the answer")
    parser.add_argument("--moods", metavar="SEED", type=int, help="of ten mails one is put off at RCPT, one at the end of DATA, one is kept without an answer for a second, one hung up on")
    parser.add_argument("--pause", metavar="SECONDS", type=float, default=0, help="keep mail, and say so only after this time")
    parser.add_argument("--down", action="store_true", help="hold the port, but refuse connections until told otherwise")
    return parser.parse_args()


class Server(SMTP):
    async def smtp_AUTH(self, arg):
        # Values are not case-sensitive (RFC 5321 section 2.4), but aiosmtpd knows "AUTH LOGIN" only, not "AUTH login".
        mechanism, *rest = arg.split(" ", 1)
        await super().smtp_AUTH(" ".join([mechanism.upper(), *rest]))


class Handler:
    def __init__(self, options):
        self.options = options
        self.mails = 0
        self.failures = options.fail_first
        self.random = None if options.moods is None else random.Random(options.moods)

    def fails(self, at):
        if at != self.options.fail_at or self.failures == 0:
            return False
        self.failures -= 1
        return True

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.options.ponder:
            (self.options.folder / f"{address}.asked").touch()
            await asyncio.sleep(self.options.ponder)
        if self.random and self.random.random() < 0.1:
            return "450 4.2.1 Not now"
        if address in self.options.reject_rcpt:
            return f"550 5.1.1 <{address}>: no such <b>user</b> here"
        if self.fails("rcpt"):
            return self.options.fail_with
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails += 1
        name = self.options.folder / f"{self.mails:04}"
        if self.fails("data"):
            name.with_suffix(".refused").write_bytes(envelope.original_content)
            return self.options.fail_with
        mood = self.random.randrange(10) if self.random else -1
        if mood == 0:
            return "451 4.3.0 Try again later"
        if mood == 1:
            server.transport.abort()
            return "421 4.3.2 Going away"
        facts = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None, "authenticated": bool(session.authenticated)}
        name.with_suffix(".json").write_text(json.dumps(facts))
        unfinished = name.with_suffix(".tmp")
        unfinished.write_bytes(envelope.original_content)
        unfinished.rename(name.with_suffix(".eml"))
        if mood == 2:
            # Kept, and then not acknowledged: it comes again.
            await asyncio.sleep(1)
            return "451 4.4.2 Timeout"
        if self.options.slow in ("*", *envelope.rcpt_tos):
            await asyncio.Event().wait()
        await asyncio.sleep(self.options.pause)
        return "250 OK"


def certificate(folder):
    cert, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context


def authenticator(login):
    wanted = tuple(part.encode() for part in login.split(":", 1))

    def check(server, session, envelope, mechanism, data):
        # Without "handled" aiosmtpd itself answers 535.
        return AuthResult(success=(data.login, data.password) == wanted, handled=False)

    return check


async def main():
    options = arguments()
    logging.disable(logging.WARNING)
    handler = Handler(options)
    extra = {}
    if options.tls:
        extra |= {"tls_context": certificate(options.folder), "require_starttls": True}
    secure = certificate(options.folder) if options.smtps else None
    if options.auth:
        extra |= {"authenticator": authenticator(options.auth), "auth_required": True, "auth_require_tls": options.tls}
    if options.auth_only:
        extra["auth_exclude_mechanism"] = {"LOGIN", "PLAIN"} - {options.auth_only}

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    loop = asyncio.get_running_loop()

    def listen():
        # A connection may be there before anybody accepts it: who is told the port may connect at once.
        listener.listen(100)
        return loop.create_server(lambda: Server(handler, hostname="mail.example.com", loop=loop, **extra), sock=listener, ssl=secure)

    if not options.down:
        await listen()
    print(listener.getsockname()[1], flush=True)
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        if line.strip() == b"up":
            await listen()
            print("up", flush=True)
    # Held mails and open connections end with the process.
    os._exit(0)


asyncio.run(main())
