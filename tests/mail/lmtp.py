"""Hands a mail over by LMTP with Python's own client: port, then recipients. Prints each recipient's answer as one line of JSON."""

import json, smtplib, sys

mail = sys.stdin.buffer.read()
with smtplib.LMTP("127.0.0.1", int(sys.argv[1])) as server:
    server.ehlo_or_helo_if_needed()
    server.mail("", ["SIZE=%d" % len(mail)] if server.has_extn("size") else [])
    taken = [to for to in sys.argv[2:] if server.rcpt(to)[0] == 250]
    code, text = server.data(mail)
    answers = {taken[0]: code}
    for to in taken[1:]:
        answers[to] = server.getreply()[0]
    print(json.dumps({"answers": answers, "extensions": sorted(server.esmtp_features)}))
