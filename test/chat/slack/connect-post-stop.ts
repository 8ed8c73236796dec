/** Run by stop.test.ts: connects, posts one card, stops, and must then end because nothing is left to wait for. */
import { createSlack } from '../../../src/chat/slack/slack.ts';
import { createLogger } from '../../../src/telemetry/log.ts';

const { API_URL = '', BOT = '', APP = '', UNTIL } = process.env;
const silent = await createLogger('silent');
let refused: () => void = () => undefined;
const tokenRefused = new Promise<void>((resolve) => {
  refused = resolve;
});
const log = Object.assign(Object.create(silent), {
  child: () => log,
  error: () => refused(),
});

const bot = createSlack({ botToken: BOT, appToken: APP, apiUrl: API_URL, log });
await bot.start();
if (UNTIL === 'refused') await tokenRefused;
const { kind } = await bot.post({
  channelId: 'C0000000001',
  card: { kind: 'note', tone: 'calm', title: 'Nvidia 103.73', lead: [], sections: [], footer: [] },
  key: 'd-1',
  maybePosted: false,
});
const connected = UNTIL === 'refused' || bot.connected();
const began = Date.now();
await bot.stop();
process.stdout.write(`${kind} ${connected} stopped in ${Date.now() - began} ms\n`);
// Only has an effect if the process has not ended.
setTimeout(() => process.exit(9), 10_000).unref();
