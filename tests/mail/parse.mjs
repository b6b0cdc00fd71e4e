// Reads mails whose file names are its arguments and prints each as one line of JSON, as mailparser understands it.
import { simpleParser } from "mailparser";
import { readFile } from "node:fs/promises";

for (const name of process.argv.slice(2)) {
  const mail = await simpleParser(await readFile(name), { skipHtmlToText: true, skipTextToHtml: true });
  console.log(JSON.stringify({
    subject: mail.subject ?? "",
    from: mail.from?.value[0]?.address ?? "",
    fromName: mail.from?.value[0]?.name ?? "",
    messageId: mail.messageId ?? "",
    text: mail.text ?? "",
    attachments: mail.attachments.map((one) => ({ name: one.filename ?? "", type: one.contentType, size: one.size })),
  }));
}
