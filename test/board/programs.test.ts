import { expect, test } from 'vitest';
import { health, METRICS, viewOf } from './board-view.ts';
import { asHost, openBoard, textOf } from './open-board.ts';

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

test('probes are answered under whatever name a container has, and without the token', async () => {
  const board = await openBoard({ token: 'a-token-of-16-letters' });
  expect(await asHost(board, 'slidewatch:4170', '/healthz')).toEqual({ status: 200, body: 'ok\n' });
  expect(await asHost(board, 'slidewatch:4170', '/readyz')).toEqual({ status: 200, body: 'ready\n' });
  const metrics = await asHost(await openBoard(), 'slidewatch:4170', '/metrics');
  expect(metrics).toEqual({ status: 200, body: METRICS });
});

test('/readyz is 503 while the database does not answer, and /healthz is not', async () => {
  const board = await openBoard({ view: viewOf({ ready: async () => false }) });
  const ready = await fetch(`${board.url}/readyz`);
  expect([ready.status, await ready.text()]).toEqual([503, 'the database does not answer\n']);
  expect((await fetch(`${board.url}/healthz`)).status).toBe(200);
});

test('/health is 503 while something fails, with what and since when', async () => {
  const failures = [{ part: 'prices', since: 1_722_348_000_000, because: 'Yahoo is rate limiting us' }];
  const view = viewOf({ health: async () => ({ ...health, status: 'failing', failures }) });
  const answer = await fetch(`${(await openBoard({ view })).url}/health`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: 'failing', failures });
});
