// A separate program, because a failure would end the test's process. Aborts form uploads at their start, to a server
// that never answers, and prints how many have failed.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { requestWithin } from '../../../src/chat/discord/rest-client.ts';

type Body = NonNullable<Parameters<ReturnType<typeof requestWithin>>[1]['body']>;

// As in the running bot: once fetch has been used, discord.js sends through Node's own undici.
await fetch('data:,');
const server = createServer((socket) => socket.on('error', () => socket.destroy()));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' ? address?.port : undefined;

let failed = 0;
for (let tries = 0; tries < 20; tries += 1) {
  const form = new FormData();
  form.append('files[0]', new Blob([new Uint8Array(400_000)]), 'slide.png');
  const stopping = new AbortController();
  setImmediate(() => stopping.abort());
  const request = requestWithin(5_000, stopping.signal);
  const init = { method: 'POST', body: form as unknown as Body, headers: {} };
  await request(`http://127.0.0.1:${port}/api`, init).catch(() => {
    failed += 1;
  });
}
console.log(`${failed} failed`);
process.exit();
