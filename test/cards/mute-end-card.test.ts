import { expect, test } from 'vitest';
import { cardUpdates } from '../../src/cards/card-updates.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import type { MuteEndStory } from '../../src/stories/channel-stories.ts';
import { nvidia } from './golden-stories.ts';
import { catalogue, dayRise } from './stories.ts';

const at = (time: string): number => Date.parse(`2025-06-02T${time}:00-04:00`);
const [headline] = nvidia.alerts;
if (!headline) throw new Error('no alert');

const story: MuteEndStory = {
  kind: 'mute-end',
  symbol: '*',
  muted: ['NVDA'],
  counts: [{ symbol: 'NVDA', count: 2 }],
  deepest: { symbol: 'NVDA', name: nvidia.name, unit: 'usd', price: nvidia.price, at: at('10:13'), headline },
  at: at('11:00'),
};
const cardOf = (change: Partial<MuteEndStory>, language = 'en') =>
  buildCard([{ ...story, ...change }], language, catalogue);

test('a symbol’s mute ends with how many were held back, and the deepest', () => {
  expect(cardOf({}).title).toBe('No longer muted: NVDA. 2 alerts were held back');
  expect(cardOf({}).lead).toEqual([expect.stringMatching(/^The deepest: Nvidia .* on 2 Jun at 10:13$/)]);
  expect(cardOf({}, 'ko').title).toBe('음소거 종료: NVDA. 보류한 알림 2건');
});

test('the largest rise stands where nothing fell', () => {
  const close = { symbol: 'NVDA', session: '2025-06-02', close: 112, previous: 103.7 } as const;
  const rise = {
    ...story.deepest,
    name: nvidia.name,
    symbol: 'NVDA',
    unit: 'usd',
    at: at('10:13'),
    price: 112_000_000,
  } as const;
  const card = cardOf({ deepest: { ...rise, headline: dayRise(close, 7) } });
  expect(card.lead.join().replaceAll('\u202f', ' ')).toMatch(
    /^The largest rise: Nvidia up 8\.0% in a day, at \$112\.00/,
  );
  expect(card.tone).toBe('calm');
});

test('a mute of all lists its symbols, at most ten', () => {
  const counts = Array.from({ length: 12 }, (_, n) => ({ symbol: n === 1 ? '*' : `S${n}`, count: 12 - n }));
  const card = cardOf({ muted: ['*'], counts });
  expect(card.title).toBe('Nothing is muted here any more. 78 alerts were held back');
  expect(card.lead[0]).toMatch(/^Held back: S0 12 {3}other cards 11 {3}S2 10 .* S9 3 {3}and 2 more symbols$/);
});

test('a card says who has muted until when in the channel’s zone, with the date on another day', () => {
  const words = catalogue.in('en');
  const lines = (
    mute: { until: number; endedAt?: number; by?: string; symbol?: string },
    timeZone = 'America/New_York',
  ) =>
    cardUpdates(words, [], { mutes: [{ symbol: 'NVDA', ...mute }], timeZone, now: at('11:00') }).map(
      ({ text }) => text,
    );
  expect(lines({ until: at('15:00'), by: 'Ann' })).toEqual(['Muted by Ann until 15:00 New York: NVDA']);
  expect(lines({ until: at('15:00'), symbol: '*' })).toEqual(['Muted until 15:00 New York: all alerts']);
  expect(lines({ until: at('15:00'), by: 'Ann' }, 'Asia/Seoul')).toEqual(['Muted by Ann until 04:00 Seoul: NVDA']);
  expect(lines({ until: at('15:00') + 24 * 3_600_000 })).toEqual(['Muted until 3 Jun 2025 15:00 New York: NVDA']);
  expect(lines({ until: at('10:59'), by: 'Ann' })).toEqual(['Muted by Ann, over since 10:59 New York: NVDA']);
  expect(lines({ until: at('15:00'), endedAt: at('10:50') })).toEqual(['No longer muted since 10:50 New York: NVDA']);
});
