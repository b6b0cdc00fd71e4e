// For each line of JSON {token, url, params, signature}: whether the provider's own library takes it for signed, and how it signs the same.
import { createInterface } from "node:readline";
import twilio from "twilio";

for await (const line of createInterface({ input: process.stdin })) {
  const { token, url, params, signature } = JSON.parse(line);
  console.log(JSON.stringify({ valid: twilio.validateRequest(token, signature, url, params), signature: twilio.getExpectedTwilioSignature(token, url, params) }));
}
