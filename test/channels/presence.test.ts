import { expect, it } from 'vitest';
import { createPresence } from '../../src/channels/presence.ts';

const channel = { platform: 'slack', workspace: 'T1', address: 'C1' };

it.each([
  ['the channel', { platform: 'slack', address: 'C1' }, true],
  ['the channel, with its workspace', channel, true],
  ['its workspace', { platform: 'slack', workspace: 'T1' }, true],
  ['its platform', { platform: 'slack' }, true],
  ['another channel of its workspace', { ...channel, address: 'C2' }, false],
  ['another workspace', { platform: 'slack', workspace: 'T2' }, false],
  ['a channel of another platform with the same id', { platform: 'discord', address: 'C1' }, false],
])('a sign about %s', (_, where, counts) => {
  const presence = createPresence();
  const before = presence.mark();
  presence.note(where);
  expect(presence.heardSince(before, channel)).toBe(counts);
  expect(presence.heardSince(presence.mark(), channel)).toBe(false);
});

it('a channel without a workspace hears nothing of one', () => {
  const presence = createPresence();
  presence.note({ platform: 'slack', workspace: 'T1' });
  expect(presence.heardSince(0, { platform: 'slack', workspace: null, address: 'C1' })).toBe(false);
});
