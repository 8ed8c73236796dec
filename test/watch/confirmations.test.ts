import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type Confirmations, createConfirmations } from '../../src/watch/confirmations.ts';

const SECOND_MS = 1_000;

const crossed = (...symbols: readonly string[]): Map<string, boolean> =>
  new Map(symbols.map((symbol) => [symbol, true]));

/** At which seconds up to `until` it asks, and for what. */
const asks = (confirmations: Confirmations, until: number): string[] =>
  Array.from({ length: until + 1 }, (_, second) => [
    second,
    [...confirmations.take(second * SECOND_MS)].join('+'),
  ]).flatMap(([second, symbols]) => (symbols === '' ? [] : `${second} ${symbols}`));

test('a crossing is asked about 10, 20 and 30 seconds later, and then left to the next poll', () => {
  const confirmations = createConfirmations();
  confirmations.note(crossed('NVDA'), 0);
  expect(asks(confirmations, 120)).toEqual(['10 NVDA', '20 NVDA', '30 NVDA']);
});

test('one request asks for all that crossed in one poll, and for none that needs no confirmation any more', () => {
  const confirmations = createConfirmations();
  confirmations.note(new Map([...crossed('NVDA', 'AMD', 'META'), ['AAPL', false]]), 0);
  confirmations.note(new Map([['META', false]]), 5 * SECOND_MS);
  expect(asks(confirmations, 10)).toEqual(['10 NVDA+AMD']);
});

test('at most six requests a minute are made out of turn', () => {
  const confirmations = createConfirmations();
  for (let second = 0; second < 10; second += 1) confirmations.note(crossed(`S${second}`), second * SECOND_MS);
  expect(asks(confirmations, 59)).toHaveLength(6);
});

test('a minute after the first of six requests there may be another, and not a moment sooner', () => {
  const confirmations = createConfirmations();
  for (let second = 0; second < 6; second += 1) {
    confirmations.note(crossed(`S${second}`), second);
    confirmations.take(10 * SECOND_MS + second);
    confirmations.note(new Map([[`S${second}`, false]]), 10 * SECOND_MS + second);
  }
  confirmations.note(crossed('NVDA'), 20 * SECOND_MS);
  expect([...confirmations.take(70 * SECOND_MS - 1)]).toEqual([]);
  expect([...confirmations.take(70 * SECOND_MS)]).toEqual(['NVDA']);
});

test('a source that has throttled is left alone for half an hour', () => {
  const confirmations = createConfirmations();
  confirmations.note(crossed('NVDA'), 0);
  confirmations.throttled(0);
  confirmations.note(crossed('AMD'), MINUTE_MS);
  expect(asks(confirmations, 1_799)).toEqual([]);
  confirmations.note(crossed('META'), 30 * MINUTE_MS);
  expect([...confirmations.take(30 * MINUTE_MS + 10 * SECOND_MS)]).toEqual(['META']);
});

test('a clock that was set back forgets what was asked when', () => {
  const confirmations = createConfirmations();
  for (let second = 0; second < 6; second += 1) {
    confirmations.note(crossed(`S${second}`), 999 * MINUTE_MS);
    confirmations.take(1_000 * MINUTE_MS + second);
    confirmations.note(new Map([[`S${second}`, false]]), 1_000 * MINUTE_MS + second);
  }
  confirmations.note(crossed('NVDA'), 1_000 * MINUTE_MS);
  confirmations.throttled(1_000 * MINUTE_MS);
  confirmations.reset();
  confirmations.note(crossed('NVDA'), 0);
  expect(asks(confirmations, 10)).toEqual(['10 NVDA']);
});
