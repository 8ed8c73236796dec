import { expect, it } from 'vitest';
import { createRefusedPlaces } from '../../../src/chat/discord/refused-places.ts';
import type { Outcome } from '../../../src/chat/platform.ts';
import { CHANNEL } from './samples.ts';

const forbidden: Outcome = { kind: 'forbidden', reason: 'No.', remedy: 'Allow it.' };
const lacking = (part: 'picture' | 'links'): Outcome => ({
  kind: 'sent',
  messageId: '1',
  without: [{ part, reason: 'No.', remedy: 'Allow it.' }],
});
const all = { isMember: true, kind: 'text' as const, isLocked: false, missing: [], mayAttach: true };

it.each([
  ['a refused card', forbidden, all, 1],
  ['a refused picture', lacking('picture'), all, 1],
  ['refused links, which are no matter of permissions', lacking('links'), all, 0],
  ['a card where something is still missing', forbidden, { ...all, missing: ['send-messages' as const] }, 0],
  ['a card in a thread that is locked', forbidden, { ...all, kind: 'thread' as const, isLocked: true }, 0],
  ['a card in a forum', forbidden, { ...all, kind: 'forum' as const }, 0],
  ['a card where the bot is no member yet', forbidden, { ...all, isMember: false }, 0],
  ['a picture that still may not be attached', lacking('picture'), { ...all, mayAttach: false }, 0],
])('permissions that come with a question end the wait for %s', (_what, outcome, rights, times) => {
  const opened: object[] = [];
  const places = createRefusedPlaces((where) => opened.push(where));
  places.note(CHANNEL, outcome);
  for (let n = 0; n < 2; n += 1) places.hear({ channel: CHANNEL, workspace: 'G1', rights });
  expect(opened).toEqual(Array.from({ length: times }, () => ({ workspace: 'G1', address: CHANNEL })));
});

it('a question in a channel that was gone brings it back', () => {
  const opened: object[] = [];
  const places = createRefusedPlaces((where) => opened.push(where));
  places.note(CHANNEL, { kind: 'gone', reason: 'Deleted.' });
  places.hear({ channel: CHANNEL, workspace: 'G1', rights: all });
  expect(opened).toEqual([{ workspace: 'G1', address: CHANNEL }]);
});
