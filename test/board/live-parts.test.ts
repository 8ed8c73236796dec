import { expect, test } from 'vitest';
import type { Board } from '../../src/board/board.ts';
import type { LivePart } from '../../src/board/live-parts.ts';
import { health, nvidiaEn, quotes, viewOf } from './board-view.ts';
import { openBoard, pageOf } from './open-board.ts';

/** What a page says that it shows, as the script in it does. */
const haveOf = (page: string): string =>
  [...page.matchAll(/id="([\w-]+)" data-live="([^"]*)"/g)].map(([, id, version]) => `${id}:${version}`).join(' ');

const ask = (board: Board, path: string, have: string): Promise<Response> =>
  fetch(board.url + path, { headers: { 'x-board-have': have } });

test('a page in which nothing has changed gets nothing', async () => {
  const board = await openBoard();
  for (const path of ['/', '/?style=slack', '/card/7']) {
    const answer = await ask(board, path, haveOf(await pageOf(board, path)));
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  }
});

test('a page gets the parts that have changed, compressed, and no others', async () => {
  let price = 100e6;
  const view = viewOf({ quotes: async () => quotes.map((quote) => ({ ...quote, price })) });
  const board = await openBoard({ view });
  const have = haveOf(await pageOf(board, '/'));
  price = 90e6;
  const answer = await ask(board, '/', have);
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  const parts = (await answer.json()) as { readonly prices?: LivePart };
  expect(Object.keys(parts)).toEqual(['headline', 'prices']);
  expect(await pageOf(board, '/')).toContain(
    `id="prices" data-live="${parts.prices?.version}">${parts.prices?.markup}`,
  );
});

test('the pages that show the same share what was made, until something changes', async () => {
  let made = 0;
  const view = viewOf({
    cards: async () => {
      made += 1;
      return [{ ...nvidiaEn, id: made }];
    },
  });
  const board = await openBoard({ view });
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await ask(board, '/', '')).text()));
  expect([made, new Set(answers).size]).toEqual([1, 1]);
  board.changed();
  expect(await (await ask(board, '/', '')).text()).not.toBe(answers[0]);
  expect(made).toBe(2);
});

test('a reader who has chosen the language of the board shares nothing with one who has chosen none', async () => {
  const asked: (string | undefined)[] = [];
  const view = viewOf({
    cards: async (_, language) => {
      asked.push(language);
      return [{ ...nvidiaEn, id: asked.length }];
    },
  });
  const board = await openBoard({ view });
  const answers = [];
  for (const cookie of ['', 'slidewatch-language=en', 'slidewatch-language=ko', '']) {
    const answer = await fetch(`${board.url}/`, { headers: { 'x-board-have': '', cookie } });
    answers.push(await answer.text());
  }
  expect(asked).toEqual([undefined, 'en', 'ko']);
  expect(new Set(answers).size).toBe(3);
  expect(answers[3]).toBe(answers[0]);
});

test('what failed is tried again for the next page', async () => {
  let fails = true;
  const view = viewOf({
    health: async () => {
      if (fails) throw new Error('the database is away');
      return health;
    },
  });
  const board = await openBoard({ view });
  expect((await ask(board, '/', '')).status).toBe(500);
  fails = false;
  expect((await ask(board, '/', '')).status).toBe(200);
});

test('a whole page is compressed for who takes it so', async () => {
  const board = await openBoard();
  const answer = await fetch(board.url, { headers: { 'accept-encoding': 'gzip' } });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(await answer.text()).toContain('</html>');
});
