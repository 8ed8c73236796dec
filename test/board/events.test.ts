import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Board } from '../../src/board/board.ts';
import { createChangeStream, MAX_STREAMS } from '../../src/board/change-stream.ts';
import { createLiveAnswers, type LivePart, type LiveParts } from '../../src/board/live-parts.ts';
import { boardRoutes } from '../../src/board/routes.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { health, quotes, viewOf } from './board-view.ts';
import { openBoard } from './open-board.ts';

interface Page {
  /** Reads on until `text` has come, or the stream has ended; the whole of what came. */
  until(text: string): Promise<string>;
  leave(): Promise<void>;
}

/** `of`: the address of the page, if it says so. */
const openPage = async (board: Board, of?: string, cookie = ''): Promise<Page> => {
  const query = of === undefined ? '' : `?of=${encodeURIComponent(of)}`;
  const answer = await fetch(`${board.url}/events${query}`, { headers: { cookie } });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('Expected a stream');
  let seen = '';
  return {
    until: async (text) => {
      while (!seen.includes(text)) {
        const { done, value } = await reader.read();
        if (done) return `${seen}[end]`;
        seen += value;
      }
      return seen;
    },
    leave: () => reader.cancel(),
  };
};

const CHANGED = 'event: changed\ndata: \n\n';

test('every open page gets a change event', async () => {
  const board = await openBoard();
  const pages = await Promise.all([openPage(board), openPage(board)]);
  board.changed();
  for (const page of pages) expect(await page.until(CHANGED)).toBe(`retry: 3000\n\n${CHANGED}`);
});

test('after a page has closed, the others still get events', async () => {
  const board = await openBoard();
  const [stays, leaves] = await Promise.all([openPage(board), openPage(board)]);
  await leaves.leave();
  board.changed();
  expect(await stays.until(CHANGED)).toContain(CHANGED);
});

test('close() ends the streams at once and frees the port', async () => {
  const board = await openBoard();
  const page = await openPage(board);
  await page.until('retry');
  const closed = board.close();
  expect(await page.until('never')).toBe('retry: 3000\n\n[end]');
  await closed;
  await expect(fetch(board.url)).rejects.toThrow();
});

test('a HEAD request for the events has their headers and opens no stream', async () => {
  let opened = 0;
  const changes = createChangeStream();
  const app = boardRoutes({
    view: viewOf(),
    changes: {
      ...changes,
      open: () => {
        opened += 1;
        return changes.open();
      },
    },
    live: createLiveAnswers(),
    catalogue,
    log: silent,
    isOwnHost: () => true,
    isAllowed: () => true,
  });
  const answer = await app.request('/events', { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(await answer.text()).toBe('');
  expect(opened).toBe(0);
  await (await app.request('/events')).body?.cancel();
  expect(opened).toBe(1);
});

test('the stream of a page that has closed is not ended again', async () => {
  const changes = createChangeStream();
  const stays = changes.open();
  await changes.open()?.cancel();
  changes.end();
  expect(await new Response(stays).text()).toBe('retry: 3000\n\n');
});

test('a page that does not read buffers only a few events, the last change among them', async () => {
  const changes = createChangeStream();
  const stream = changes.open();
  for (let count = 0; count < 1000; count++) changes.changed();
  changes.end();
  const kept = await new Response(stream).text();
  expect(kept.split('\n\n').length).toBeLessThanOrEqual(5);
  expect(kept.endsWith(CHANGED)).toBe(true);
});

test('of 600 streams all but some dozens are refused with 503 and told when to try again, and one that ends makes room', async () => {
  const board = await openBoard();
  const pages = await Promise.all(Array.from({ length: MAX_STREAMS }, () => openPage(board)));
  for (let count = MAX_STREAMS; count < 600; count += 1) {
    const refused = await fetch(`${board.url}/events`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    await refused.text();
  }
  expect((await fetch(`${board.url}/healthz`)).status).toBe(200);
  await pages[0]?.leave();
  await expect.poll(async () => (await fetch(`${board.url}/events`)).status).toBe(200);
});

describe('a stream', () => {
  const opened = () => {
    let now = 0;
    const changes = createChangeStream(() => now);
    const sweepAt = (seconds: number): void => {
      now = seconds * 1_000;
      changes.sweep();
    };
    return { changes, sweepAt };
  };

  test('that is not read is cut after a minute, and its place is free', async () => {
    const { changes, sweepAt } = opened();
    let cuts = 0;
    const cut = (): void => {
      cuts += 1;
    };
    const streams = Array.from({ length: MAX_STREAMS }, () => changes.open({ cut }));
    expect(changes.open()).toBeUndefined();
    for (let count = 0; count < 10; count += 1) changes.changed();
    sweepAt(10);
    sweepAt(69);
    expect(cuts).toBe(0);
    sweepAt(70);
    expect(cuts).toBe(MAX_STREAMS);
    await expect(new Response(streams[0]).text()).rejects.toThrow('does not read');
    expect(changes.open()).toBeDefined();
  });

  test('that is read now and then stays, and is kept alive by comments', async () => {
    const { changes, sweepAt } = opened();
    const reader = changes.open()?.getReader();
    for (let count = 0; count < 10; count += 1) changes.changed();
    sweepAt(10);
    for (let count = 0; count < 4; count += 1) await reader?.read();
    sweepAt(20);
    sweepAt(100);
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(':\n\n');
  });

  test('ends after ten minutes, and its page is told to open another', async () => {
    const { changes, sweepAt } = opened();
    const stream = changes.open();
    sweepAt(599);
    sweepAt(600);
    expect(await new Response(stream).text()).toBe('retry: 3000\n\n:\n\nevent: again\ndata: \n\n');
  });
});

describe('a page that says what it shows', () => {
  const priced = () => {
    let price = 100e6;
    let made = 0;
    const view = viewOf({
      quotes: async () => {
        made += 1;
        return quotes.map((quote) => ({ ...quote, price }));
      },
    });
    return {
      view,
      made: () => made,
      setPrice: (to: number) => {
        price = to;
      },
    };
  };

  test('is sent the parts that have changed, and pages that show the same share what was made', async () => {
    const { view, made, setPrice } = priced();
    const board = await openBoard({ view });
    const pages = await Promise.all([openPage(board, '/'), openPage(board, '/')]);
    await expect.poll(made).toBe(1);
    setPrice(90e6);
    board.changed();
    const seen = await Promise.all(pages.map((page) => page.until('}}\n\n')));
    expect(seen[0]).toBe(seen[1]);
    const [, data = ''] = /event: parts\ndata: (.*)\n\n$/.exec(seen[0] ?? '') ?? [];
    const parts = JSON.parse(data) as { readonly prices?: LivePart };
    expect(Object.keys(parts)).toEqual(['headline', 'prices']);
    expect(parts.prices?.markup).toContain('90.00');
    expect(made()).toBe(2);
  });

  test('is sent nothing while nothing that it shows has changed, and then only the change', async () => {
    const { view, made, setPrice } = priced();
    const board = await openBoard({ view });
    const page = await openPage(board, '/');
    board.changed();
    await expect.poll(made).toBe(2);
    setPrice(91e6);
    board.changed();
    expect((await page.until('}}\n\n')).match(/event: /g)).toHaveLength(1);
  });

  test('has the language of its reader', async () => {
    const { view, setPrice } = priced();
    const board = await openBoard({ view });
    const page = await openPage(board, '/', 'slidewatch-language=ko');
    await page.until('retry');
    setPrice(91e6);
    board.changed();
    expect(await page.until('}}\n\n')).toContain('엔비디아');
  });

  test.each(['/nothing', '//example.com/', 'https://example.com/', '/events?of=/', `/?x=${'x'.repeat(600)}`])(
    'at an address without parts is told to ask: %s',
    async (address) => {
      const board = await openBoard();
      const page = await openPage(board, address);
      await page.until('retry');
      board.changed();
      expect(await page.until(CHANGED)).toContain(CHANGED);
    },
  );

  test('is told to ask when what it shows could not be made', async () => {
    let fails = true;
    const board = await openBoard({
      view: viewOf({
        health: async () => {
          if (fails) throw new Error('the database is away');
          return health;
        },
      }),
    });
    const page = await openPage(board, '/');
    fails = false;
    board.changed();
    expect(await page.until(CHANGED)).toContain(CHANGED);
  });

  test('and does not read is told to ask once it reads on, if it has missed parts', async () => {
    let version = 0;
    const changes = createChangeStream();
    const parts = async (): Promise<LiveParts> => ({ prices: { markup: `${version}`, version: `${version}` } });
    const reader = changes.open({ topic: { key: 'x', parts } })?.getReader();
    for (version = 1; version < 9; version += 1) {
      changes.changed();
      await new Promise(setImmediate);
    }
    let seen = '';
    while (!seen.endsWith(CHANGED)) seen += new TextDecoder().decode((await reader?.read())?.value);
    expect(seen.match(/event: parts/g)).toHaveLength(3);
    changes.end();
  });

  test('is sent the last of changes that come while one is being made', async () => {
    let version = 0;
    const changes = createChangeStream();
    const parts = async (): Promise<LiveParts> => ({ prices: { markup: `${version}`, version: `${version}` } });
    const reader = changes.open({ topic: { key: 'x', parts } })?.getReader();
    for (version = 1; version < 4; version += 1) changes.changed();
    let seen = '';
    while (!seen.includes('"version":"4"')) seen += new TextDecoder().decode((await reader?.read())?.value);
    expect(seen.match(/event: parts/g)?.length).toBeLessThanOrEqual(2);
    changes.end();
  });

  test('gets pieces of one gzip stream if it takes them, packed once for all', async () => {
    const { view, setPrice } = priced();
    const board = await openBoard({ view });
    const plain = createGunzip();
    const asked = get(`${board.url}/events?of=/`, { headers: { 'accept-encoding': 'gzip' } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.headers['content-encoding']).toBe('gzip');
    answer.on('error', () => {}).pipe(plain);
    let seen = '';
    plain.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
    });
    await expect.poll(() => seen).toBe('retry: 3000\n\n');
    for (const price of [90, 80]) {
      setPrice(price * 1e6);
      board.changed();
      await expect.poll(() => seen).toContain(`${price}.00`);
    }
    expect(seen.match(/event: parts/g)).toHaveLength(2);
    asked.on('error', () => {}).destroy();
  });
});
