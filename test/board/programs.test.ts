import { expect, test } from 'vitest';
import { health, METRICS, viewOf } from './board-view.ts';
import { openBoard, textOf } from './open-board.ts';

test('/health is the health as JSON', async () => {
  const answer = await fetch(`${(await openBoard()).url}/health`);
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(await answer.json()).toEqual(health);
});

test('/metrics is Prometheus text', async () => {
  const answer = await fetch(`${(await openBoard()).url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await answer.text()).toBe(METRICS);
});

test('the board serves its font, to be cached', async () => {
  const answer = await fetch(`${(await openBoard()).url}/font/inter-500.ttf`);
  expect(answer.headers.get('content-type')).toBe('font/ttf');
  expect(answer.headers.get('cache-control')).toContain('max-age');
  // A TrueType file begins with its version, 1.0.
  expect(new Uint8Array(await answer.arrayBuffer()).slice(0, 4)).toEqual(new Uint8Array([0, 1, 0, 0]));
});

test('a failed read is reported in one line, without the reason, which is logged', async () => {
  const view = viewOf({
    quotes: async () => {
      throw new Error('no such table: quotes_of_old');
    },
  });
  const answer = await fetch((await openBoard({ view })).url);
  const text = textOf(await answer.text());
  expect(answer.status).toBe(500);
  expect(text).toContain('see its log for the reason');
  expect(text).not.toContain('quotes_of_old');
});
