/**
 * Measures the pages of the board with ten years of history and the cards of the summer of 2024: how long the process works
 * for one, and how much a browser loads that comes for the first time, fonts and pictures included, as it is sent. Exits with
 * 1 if a bound is missed.
 */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { openRecordedApp } from '../test/board/recorded-app.ts';

const BOUNDS = { kB: 150, ms: 100 };
const TIMES = 15;
const PATHS = ['/', '/?sort=price', '/symbol/NVDA?range=All', '/bill'];
const SESSIONS = ['2024-07-24', '2024-07-30', '2024-08-05', '2024-08-07', '2024-08-29'];

const load = async (address: string, headers: Readonly<Record<string, string>> = {}) => {
  const request = get(address, { headers: { 'accept-encoding': 'br', ...headers } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return { bytes, etag: answer.headers.etag ?? '', status: answer.statusCode };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const { app, close } = await openRecordedApp();
for (const session of SESSIONS) await close(session);

const url = app.boardUrl ?? '';
const fonts = await Promise.all(['400', '500', '600', '700'].map((weight) => load(`${url}/font/inter-${weight}.ttf`)));
const fontBytes = fonts.reduce((sum, { bytes }) => sum + bytes, 0);
let failed = false;
for (const path of PATHS) {
  const { bytes, etag } = await load(url + path);
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    await load(url + path);
    took.push(performance.now() - began);
  }
  const again = await load(url + path, { 'if-none-match': etag });
  const kB = (bytes + fontBytes) / 1e3;
  const ms = median(took);
  console.log(
    `  ${path.padEnd(24)} ${(bytes / 1e3).toFixed(1).padStart(5)} kB, with fonts ${kB.toFixed(0)} kB (bound ${BOUNDS.kB}); ${ms.toFixed(1)} ms (bound ${BOUNDS.ms}); again ${again.status}, ${again.bytes} bytes`,
  );
  failed ||= kB > BOUNDS.kB || ms > BOUNDS.ms;
}
await app.stop();
if (failed) process.exitCode = 1;
