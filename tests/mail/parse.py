"""Reads mails whose file names are its arguments and prints each as one line of JSON, as Python's own library understands it."""

import email, email.policy, json, sys

for name in sys.argv[1:]:
    with open(name, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    print(json.dumps({
        "subject": str(mail["Subject"] or ""),
        "from": mail["From"].addresses[0].addr_spec if mail["From"] and mail["From"].addresses else "",
        "types": [part.get_content_type() for part in mail.walk()],
        "texts": [part.get_content().replace("\r\n", "\n").rstrip("\n") for part in leaves if part.get_content_type() == "text/plain"],
    }))
