import { expect, test } from 'vitest';
import { nvidiaEn, togetherKo, viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

test('a card has a page of its own, in any style', async () => {
  const board = await openBoard();
  const page = await pageOf(board, '/card/3');
  expect(textOf(page)).toContain(togetherKo.card.title);
  expect(textOf(page)).not.toContain(nvidiaEn.card.title);
  expect(await pageOf(board, '/card/3?style=discord')).toContain('<div class="chat discord">');
});

test('the title of the page is the title of the card', async () => {
  expect(await pageOf(await openBoard(), '/card/7')).toContain(`<title>${nvidiaEn.card.title} · Slidewatch</title>`);
});

test('a view with a card method is asked for the card, of any age', async () => {
  const old = { ...nvidiaEn, id: 1 };
  const view = viewOf({ card: async (id) => (id === 1 ? old : undefined), cards: async () => [] });
  const board = await openBoard({ view });
  expect(textOf(await pageOf(board, '/card/1'))).toContain(old.card.title);
  expect((await fetch(`${board.url}/card/2`)).status).toBe(404);
});

test.each(['/card/99', '/card/x', '/card/7/more', '/card/99999999999999999999', '/favicon.ico', '/font/inter-300.ttf'])(
  '%s is answered with a page that says it does not exist',
  async (path) => {
    const answer = await fetch((await openBoard()).url + path);
    expect(answer.status).toBe(404);
    expect(textOf(await answer.text())).toContain("This page doesn't exist");
  },
);
