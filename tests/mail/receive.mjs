// Takes mails for anna (password: kept) and prints each as one line of JSON, as mailparser understands it. The first line is the port.
import { SMTPServer } from "smtp-server";
import { simpleParser } from "mailparser";

const server = new SMTPServer({
  hideSTARTTLS: true,
  allowInsecureAuth: true,
  onAuth: (auth, session, done) =>
    auth.username === "anna" && auth.password === "kept" ? done(null, { user: "anna" }) : done(new Error("no")),
  onData: async (stream, session, done) => {
    const mail = await simpleParser(stream, { keepCidLinks: true });
    console.log(JSON.stringify({
      to: session.envelope.rcptTo.map((one) => one.address),
      from: mail.from.text,
      headerTo: mail.to.text,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      unsubscribe: mail.headers.get("list")?.unsubscribe?.url,
      post: mail.headers.get("list-unsubscribe-post") ?? mail.headerLines.find((line) => line.key === "list-unsubscribe-post")?.line,
      bcc: mail.bcc?.text ?? null,
    }));
    done();
  },
});
server.listen(0, "127.0.0.1", () => console.log(server.server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
