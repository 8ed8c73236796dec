import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { HeardTime } from '../../src/clock/bot-clock.ts';
import { listenToDates, timeOfHeaders } from '../../src/clock/date-headers.ts';
import { createHostClock } from '../../src/clock/host-clock.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';

const DATE = 'Mon, 02 Jun 2025 15:00:00 GMT';
const TIME = Date.parse(DATE);

test.each<[what: string, headers: Record<string, string>, time: number | undefined]>([
  ['a date tells the time', { date: DATE }, TIME + 500],
  ['so does that of a cache’s answer, which is old', { date: DATE, age: '90' }, TIME + 90_500],
  ['no date tells nothing', {}, undefined],
  ['nor does an unreadable date', { date: 'yesterday' }, undefined],
  ['nor one with an unreadable age', { date: DATE, age: 'old' }, undefined],
])('%s', (_what, headers, time) => {
  expect(timeOfHeaders(new Headers(headers))).toBe(time);
});

/** A server that dates its answers with DATE; its origin. */
const server = async (): Promise<string> => {
  const made = createServer((_, response) => {
    response.setHeader('date', DATE);
    response.end('ok');
  });
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  onTestFinished(() => void made.close());
  const address = made.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
};

test('the answers of named hosts are heard, until listening ends; those of others are not', async () => {
  const [known, unknown] = await Promise.all([server(), server()]);
  const heard: HeardTime[] = [];
  const end = listenToDates(
    (origin) => (origin === known ? 'Yahoo' : undefined),
    (time) => void heard.push(time),
  );
  for (const origin of [known, unknown]) await (await fetch(origin)).text();
  end();
  await (await fetch(known)).text();
  expect(heard).toMatchObject([{ host: 'Yahoo' }]);
  expect(heard[0]?.time).toBeGreaterThanOrEqual(TIME + 500);
  expect(heard[0]?.time).toBeLessThan(TIME + MINUTE_MS);
});

test.each<[what: string, ours: number | undefined, from: number]>([
  ['has not answered yet', undefined, -66 * MINUTE_MS],
  ['is as late as ours', TIME, -MINUTE_MS],
  ['is an hour behind ours', TIME + 60 * MINUTE_MS, -61 * MINUTE_MS],
  ['is an hour ahead of ours', TIME - 60 * MINUTE_MS, -MINUTE_MS],
  ['is years away', TIME + 1_000_000 * MINUTE_MS, -66 * MINUTE_MS],
])('a time of ours by a host’s clock that %s', (_what, ours, from) => {
  const clock = createHostClock(() => (ours ?? 0) + 500);
  if (ours !== undefined) clock.note(new Headers({ date: DATE }));
  expect(clock.earliestOf(TIME)).toBe(TIME + from);
});
