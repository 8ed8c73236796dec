import { expect, test } from 'vitest';
import { createConnectionState } from '../../src/chat/connection-state.ts';
import { createRecordingLog } from './slack/support.ts';

const START = Date.parse('2025-06-02T13:00:00Z');
const MINUTE = 60_000;

test('a connection is away since its first failure, for the latest reason, and one line says so after ten minutes', () => {
  const { log, lines } = createRecordingLog();
  let now = START;
  const state = createConnectionState('discord', () => now, log);
  state.up();
  expect(state.get()).toBeUndefined();
  state.down({ reason: 'first' });
  now += 10 * MINUTE - 1;
  state.down({ reason: 'second' });
  expect(state.get()).toEqual({ since: START, reason: 'second' });
  expect(lines).toEqual([]);
  now += 1;
  state.down({ reason: 'third' });
  state.down({ reason: 'fourth' });
  expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'error: discord has not been connected for 10 minutes: cards are still posted',
  ]);
  state.up();
  expect(state.get()).toBeUndefined();
  expect(lines.at(-1)).toMatchObject({ level: 'info', fields: { awayMs: 10 * MINUTE } });
  now += MINUTE;
  state.down({ reason: 'anew' });
  expect(state.get()?.since).toBe(now);
});

test('a short absence leaves no line, and one that began before the clock was set back begins at the new time', () => {
  const { log, lines } = createRecordingLog();
  let now = START;
  const state = createConnectionState('slack', () => now, log);
  state.down({ reason: 'away' });
  now -= 60 * MINUTE;
  state.down({ reason: 'away' });
  expect(state.get()?.since).toBe(now);
  state.up();
  expect(lines).toEqual([]);
});
