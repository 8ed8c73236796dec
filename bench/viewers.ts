/**
 * Measures what open pages of the board cost a poll: 50 viewers of the home page with twenty cards are told that something
 * has changed, ask, and get the prices. The time is the process' own: the viewers are in another. Exits with 1 if a bound
 * is missed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startBoard } from '../src/board/board.ts';
import { loadCatalogue } from '../src/i18n/catalogue.ts';
import { silent } from '../src/telemetry/log.ts';
import { nvidiaEn, quotes, viewOf } from '../test/board/board-view.ts';

const VIEWERS = 50;
const POLLS = 40;
const BOUNDS = { ms: 5 };

interface Told {
  readonly bytes: number;
}

/** In a process of its own: opens the pages, and after each change says how many bytes all of them have got. */
const view = async (url: string): Promise<void> => {
  const page = await (await fetch(url)).text();
  const have = new Map(
    [...page.matchAll(/id="([\w-]+)" data-live="([^"]*)"/g)].map(([, id, version]) => [id, version]),
  );
  let answered = 0;
  let bytes = 0;
  const ask = async (shown: Map<string | undefined, string | undefined>): Promise<void> => {
    const list = [...shown].map(([id, version]) => `${id}:${version}`).join(' ');
    const answer = await fetch(url, { headers: { 'x-board-have': list } });
    const body = answer.status === 200 ? ((await answer.json()) as Record<string, { version: string }>) : {};
    for (const [id, { version }] of Object.entries(body)) shown.set(id, version);
    bytes += Number(answer.headers.get('content-length') ?? 0);
    answered += 1;
    if (answered % VIEWERS === 0) process.send?.({ bytes } satisfies Told);
  };
  const open = async (): Promise<void> => {
    const shown = new Map(have);
    const stream = (await fetch(`${url}/events`)).body?.pipeThrough(new TextDecoderStream());
    const read = async (): Promise<void> => {
      for await (const text of stream ?? []) if (text.includes('changed')) await ask(shown);
    };
    void read().catch(() => process.exit());
  };
  for (let count = 0; count < VIEWERS; count += 1) await open();
  process.send?.({ bytes: page.length });
};

const told = async (viewers: ChildProcess): Promise<Told> => (await once(viewers, 'message'))[0] as Told;

const measure = async (): Promise<void> => {
  let price = 100e6;
  const cards = Array.from({ length: 20 }, (_, at) => ({ ...nvidiaEn, card: { ...nvidiaEn.card }, id: 20 - at }));
  const board = await startBoard({
    ...{ host: '127.0.0.1', port: 0, log: silent, catalogue: loadCatalogue() },
    view: viewOf({ quotes: async () => quotes.map((quote) => ({ ...quote, price })), cards: async () => cards }),
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
