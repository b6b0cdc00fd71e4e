// A receiver as it stands in other people's systems: verifies each delivery with the library and says what it found, a line of JSON each.
// Secrets come on standard input, one a line; the first line out is its port.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';

const secrets = [];
createInterface({ input: process.stdin }).on('line', (line) => {
  secrets.push(line.trim());
  say({ secrets: secrets.length });
});

function say(found) {
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

function refused(secret, body, headers) {
  try {
    new Webhook(secret).verify(body, headers);
    return null;
  } catch (error) {
    return error.message;
  }
}

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    const { headers } = request;
    const long = new Date(Date.now() - 6 * 60 * 1000);
    const old = (secret) => ({
      'webhook-id': headers['webhook-id'],
      'webhook-timestamp': `${Math.floor(long.getTime() / 1000)}`,
      'webhook-signature': new Webhook(secret).sign(headers['webhook-id'], long, body),
    });
    say({
      id: headers['webhook-id'],
      event: JSON.parse(body),
      content: headers['content-type'],
      valid: secrets.map((secret) => refused(secret, body, headers) === null),
      tampered: secrets.map((secret) => refused(secret, body.replace('{', '{ '), headers)),
      otherId: secrets.map((secret) => refused(secret, body, { ...headers, 'webhook-id': 'another' })),
      old: secrets.map((secret) => refused(secret, body, old(secret))),
    });
    response.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1', () => say({ port: server.address().port }));
