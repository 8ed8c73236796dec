/**
 * Measures what open pages of the board cost a poll: 50 viewers of the home page with twenty cards are told what
 * has changed, the prices. The time is the process' own: the viewers are in another. Exits with 1 if a bound
 * is missed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { startBoard } from '../src/board/board.ts';
import type { QuoteLine } from '../src/board/board-view.ts';
import { loadCatalogue } from '../src/i18n/catalogue.ts';
import { silent } from '../src/telemetry/log.ts';
import { nvidiaEn, quotes, viewOf } from '../test/board/board-view.ts';
import { companies, ledger } from '../test/facts/samples.ts';

const VIEWERS = 50;
const POLLS = 40;
const BOUNDS = { ms: 5 };

interface Told {
  readonly bytes: number;
}

/** In a process of its own: opens the pages, and after each change says how many bytes all of them have got. */
const view = async (url: string): Promise<void> => {
  const page = await (await fetch(url)).text();
  let answered = 0;
  let bytes = 0;
  const open = async (): Promise<void> => {
    const answer = await new Promise<IncomingMessage>((resolve) => {
      get(`${url}/events?of=/`, { headers: { 'accept-encoding': 'gzip' } }, resolve);
    });
    const plain = createGunzip();
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      plain.write(chunk);
    });
    answer.on('close', () => process.exit());
    let seen = '';
    plain.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (!/^event: (?:parts|changed)\n.*\n\n$/ms.test(seen)) return;
      seen = '';
      answered += 1;
      if (answered % VIEWERS === 0) process.send?.({ bytes } satisfies Told);
    });
    await once(plain, 'data');
    seen = '';
  };
  for (let count = 0; count < VIEWERS; count += 1) await open();
  bytes = 0;
  process.send?.({ bytes: page.length });
};

const told = async (viewers: ChildProcess): Promise<Told> => (await once(viewers, 'message'))[0] as Told;

/** Nine symbols with three months of closes, each of which has another price at each poll. */
const nineAt = (price: number): QuoteLine[] =>
  Array.from({ length: 9 }, (_, at) => ({
    ...(quotes[at % 2] as QuoteLine),
    ...{ symbol: `SYM${at}`, price: price + at * 1e6, reports: '2024-08-28' },
    recent: Array.from({ length: 63 }, (_close, day) => 100e6 + ((day * 37 + at) % 11) * 1e6),
  }));

const measure = async (): Promise<void> => {
  let price = 100e6;
  const cards = Array.from({ length: 20 }, (_, at) => ({ ...nvidiaEn, card: { ...nvidiaEn.card }, id: 20 - at }));
  const board = await startBoard({
    ...{ host: '127.0.0.1', port: 0, log: silent, catalogue: loadCatalogue() },
    view: viewOf({
      quotes: async () => nineAt(price),
      cards: async () => cards,
      bill: () => ({ ledger, companies, now: nvidiaEn.postedAt }),
    }),
  });
  const viewers = fork(import.meta.filename, [board.url]);
  const { bytes: pageBytes } = await told(viewers);
  const took: number[] = [];
  let total = 0;
  for (let poll = 0; poll < POLLS; poll += 1) {
    price += 1e6;
    const used = process.threadCpuUsage();
    board.changed();
    total = (await told(viewers)).bytes;
    const { user, system } = process.threadCpuUsage(used);
    took.push((user + system) / 1_000);
  }
  viewers.kill();
  await board.close();
  const median = took.toSorted((a, b) => a - b)[took.length >> 1] ?? 0;
  console.log(`  the whole page: ${(pageBytes / 1e3).toFixed(0)} kB`);
  console.log(`  a poll sends ${(total / POLLS / VIEWERS / 1e3).toFixed(2)} kB to each of ${VIEWERS} viewers`);
  console.log(`  and takes ${median.toFixed(2)} ms of work for all of them (median of ${POLLS}; bound ${BOUNDS.ms})`);
  if (median > BOUNDS.ms) process.exitCode = 1;
};

const [url] = process.argv.slice(2);
await (url === undefined ? measure() : view(url));
