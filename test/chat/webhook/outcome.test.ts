import { expect, test } from 'vitest';
import { outcomeOf } from '../../../src/chat/webhook/outcome.ts';
import { DAY_MS } from '../../../src/util/durations.ts';

const NAMES = { name: 'desk', urlVariable: 'DESK_URL', secretVariable: 'DESK_SECRET' };
const ofStatus = (status: number, retryAfterMs?: number) =>
  outcomeOf({ kind: 'answered', status, ...(retryAfterMs !== undefined && { retryAfterMs }) }, NAMES, 'sw-1');

test.each([
  [200, 'sent'],
  [202, 'sent'],
  [204, 'sent'],
  [299, 'sent'],
  [301, 'forbidden'],
  [307, 'forbidden'],
  [400, 'unlisted'],
  [401, 'forbidden'],
  [403, 'forbidden'],
  [404, 'forbidden'],
  [405, 'forbidden'],
  [408, 'unknown'],
  [409, 'unlisted'],
  [410, 'gone'],
  [413, 'rejected'],
  [415, 'rejected'],
  [418, 'unlisted'],
  [422, 'rejected'],
  [425, 'later'],
  [429, 'later'],
  [500, 'unknown'],
  [501, 'unknown'],
  [503, 'unknown'],
  [599, 'unknown'],
])('the answer %i is %s', (status, kind) => {
  expect(ofStatus(status).kind).toBe(kind);
});

test('a success has the id of the event as its message', () => {
  expect(ofStatus(200)).toEqual({ kind: 'sent', messageId: 'sw-1' });
});

test.each([429, 503])('a wait that %i names is kept, up to a day', (status) => {
  expect(ofStatus(status, 90_000)).toMatchObject({ afterMs: 90_000 });
  expect(ofStatus(status, 400 * DAY_MS)).toMatchObject({ afterMs: DAY_MS });
  expect(ofStatus(status)).not.toHaveProperty('afterMs');
});

test('a refusal says which variable to look at', () => {
  expect(ofStatus(401)).toMatchObject({ remedy: expect.stringContaining('DESK_SECRET') });
  for (const status of [302, 404])
    expect(ofStatus(status)).toMatchObject({ remedy: expect.stringContaining('DESK_URL') });
  expect(outcomeOf({ kind: 'forbidden' }, NAMES, 'sw-1')).toMatchObject({
    kind: 'forbidden',
    remedy: expect.stringContaining('private: true for desk'),
  });
});

test('only what may have arrived is unconfirmed', () => {
  expect(outcomeOf({ kind: 'unreached', cause: 'connection refused' }, NAMES, 'sw-1').kind).toBe('later');
  expect(outcomeOf({ kind: 'lost', cause: 'connection lost' }, NAMES, 'sw-1').kind).toBe('unknown');
});
