// Three mail servers, for anna (password: kept): without encryption, with STARTTLS and AUTH PLAIN, with STARTTLS and AUTH LOGIN.
// What becomes of a mail is in the local part of its recipient. The first line is their ports; then a line of JSON for each mail taken.
// Arguments: the files of the key and of the certificate.
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";

const [key, cert] = process.argv.slice(2).map((file) => readFileSync(file));

const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const start = (method, encrypted) => new Promise((ready) => {
  const server = new SMTPServer({
    key, cert,
    hideSTARTTLS: !encrypted,
    allowInsecureAuth: !encrypted,
    authMethods: [method],
    onAuth: (auth, session, done) =>
      auth.username === "anna" && auth.password === "kept" ? done(null, { user: "anna" }) : done(refusal(535, "no")),
    onRcptTo: (address, session, done) => done(address.address.startsWith("nobody@") ? refusal(550, "5.1.1 nobody here") : null),
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo[0].address;
      const lose = () => server.connections.forEach((connection) => connection._socket.destroy());
      if (to.startsWith("lost.early@")) return stream.once("data", lose);
      let bytes = 0;
      stream.on("data", (part) => { bytes += part.length; });
      stream.on("end", () => {
        if (to.startsWith("lost.late@")) return lose();
        if (to.startsWith("later@")) return done(refusal(451, "4.3.0 later"));
        if (to.startsWith("refused@")) return done(refusal(554, "5.7.1 no"));
        console.log(JSON.stringify({ to, bytes, secure: session.secure, method: session.user ? method : null }));
        done();
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1", () => ready(server.server.address().port));
});

console.log(JSON.stringify({ plain: await start("PLAIN", false), tls: await start("PLAIN", true), login: await start("LOGIN", true) }));
process.stdin.on("end", () => process.exit(0)).resume();
