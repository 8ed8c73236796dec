import { describe, expect, test } from 'vitest';
import type { Board } from '../../src/board/board.ts';
import { createChangeStream, MAX_STREAMS } from '../../src/board/change-stream.ts';
import { createLiveAnswers } from '../../src/board/live-parts.ts';
import { boardRoutes } from '../../src/board/routes.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { viewOf } from './board-view.ts';
import { openBoard } from './open-board.ts';

interface Page {
  /** Reads on until `text` has come, or the stream has ended; the whole of what came. */
  until(text: string): Promise<string>;
  leave(): Promise<void>;
}

const openPage = async (board: Board): Promise<Page> => {
  const answer = await fetch(`${board.url}/events`);
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
    words: catalogue.in('en'),
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
    const streams = Array.from({ length: MAX_STREAMS }, () => changes.open(cut));
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
