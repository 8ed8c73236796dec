import { expect, it } from 'vitest';
import { createInteractionPlaces } from '../../../src/chat/discord/interaction-places.ts';

const frame = (id: string, channel: unknown = { type: 11, thread_metadata: { locked: true } }) => ({
  t: 'INTERACTION_CREATE',
  d: { id, channel },
});

it('tells once what came with an interaction', () => {
  const places = createInteractionPlaces();
  places.hear(frame('1'));
  expect(places.take('1')).toEqual({ type: 11, locked: true });
  expect(places.take('1')).toEqual({ locked: false });
});

it.each([
  ['another frame', { t: 'THREAD_UPDATE', d: { id: '1', channel: { type: 11 } } }],
  ['a frame without data', { t: 'INTERACTION_CREATE', d: null }],
  ['an interaction without a channel', frame('1', null)],
  ['no frame at all', null],
])('makes nothing of %s', (_what, given) => {
  const places = createInteractionPlaces();
  places.hear(given);
  expect(places.take('1')).toEqual({ locked: false });
});

it('makes of a channel whatever can be read', () => {
  const places = createInteractionPlaces();
  places.hear(frame('1', { type: 'text', thread_metadata: null }));
  places.hear(frame('2', { type: 0, thread_metadata: { locked: 'yes' } }));
  expect(places.take('1')).toEqual({ type: undefined, locked: false });
  expect(places.take('2')).toEqual({ type: 0, locked: false });
});

it('keeps no more than a hundred that are never asked for', () => {
  const places = createInteractionPlaces();
  for (let n = 0; n < 101; n += 1) places.hear(frame(String(n)));
  expect(places.take('0')).toEqual({ locked: false });
  expect(places.take('100')).toEqual({ type: 11, locked: true });
});
