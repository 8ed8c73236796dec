import { expect, test } from 'vitest';
import { createBoardLists } from '../../src/app/board-lists.ts';
import { loadWatchlist, type Watchlist } from '../../src/market/watchlist.ts';
import { alertKey } from '../../src/slides/alert-kinds.ts';
import { openChannel } from '../../src/store/channels.ts';
import { enqueueForChannel } from '../../src/store/outbox.ts';
import { pauseToStore } from '../../src/stories/pause.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import type { Story } from '../../src/stories/story.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { catalogue } from '../cards/stories.ts';
import { changeChannels, changeDeliveries } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

const NOW = Date.parse('2024-07-30T20:15:00Z');

/** The lists of a bot that has enqueued these stories, one after the other, for one channel. */
const listsOf = async (platform: string, stories: readonly Story[], watchlist: Watchlist = loadWatchlist()) => {
  const store = await openTestStore();
  const { id } = await openChannel(store.db, { platform, address: 'secret-desk', language: 'ko' }, NOW);
  for (const story of stories) await enqueueForChannel(store.db, id, story, { now: NOW, dueAt: NOW + 60_000 });
  return { ...createBoardLists({ store, watchlist, catalogue, clock: () => NOW }), db: store.db };
};

const ofPrice: SlideStory = {
  ...nvidia,
  alerts: nvidia.alerts.slice(0, 1).map(({ symbol, session, price }) => ({
    ...{ kind: 'price', symbol, session, price, side: 'below', set: price, day: session, since: NOW, level: price },
  })),
};

test('a delivery is listed with the title of its card in its language, and the number of its channel alone', async () => {
  const { deliveries } = await listsOf('slack', [nvidia]);
  const list = await deliveries?.({ limit: 10 });
  expect(list?.lines).toMatchObject([
    { kind: 'slide', platform: 'slack', state: 'pending', attempts: 0, until: NOW + 60_000, createdAt: NOW },
  ]);
  expect(list?.lines[0]?.card).toMatchObject({ id: list?.lines[0]?.id, language: 'ko' });
  expect(list?.lines[0]?.card?.title).toContain('엔비디아');
  expect(JSON.stringify(list)).not.toContain('secret-desk');
  expect(list).toMatchObject({ counts: [{ platform: 'slack', state: 'pending', count: 1 }], lost: 0, now: NOW });
});

test.each([
  ['a greeting', { kind: 'greeting', symbol: '*', platform: 'slack', destination: true }],
  ['the end of a mute', { kind: 'mute-end', symbol: '*', held: [], by: 'someone' }],
  ['a price that somebody set', ofPrice],
] as const)('%s is the channel’s own: its card is neither named nor shown', async (_, story) => {
  const { deliveries, anyCard } = await listsOf('slack', [story as unknown as Story]);
  const [line] = (await deliveries?.({ limit: 10 }))?.lines ?? [];
  expect(line?.kind).toBe(story.kind);
  expect(line).not.toHaveProperty('card');
  expect(await anyCard(line?.id ?? 0)).toBeUndefined();
});

test('a card of any channel can be read, in whatever state it is', async () => {
  const { anyCard, db } = await listsOf('slack', [nvidia]);
  await changeDeliveries(db, { state: 'failed', reason: 'refused' });
  const card = await anyCard(1);
  expect(card).toMatchObject({
    id: 1,
    language: 'ko',
    places: [{ platform: 'slack', state: 'failed', reason: 'refused' }],
  });
  expect(await anyCard(2)).toBeUndefined();
});

test('the board’s own cards are listed, and known by their alerts', async () => {
  const { cardList, alertCards, db } = await listsOf('board', [nvidia]);
  expect(await cardList?.({ limit: 10 })).toEqual([]);
  await changeDeliveries(db, { state: 'sent', batch: 1, settledAt: NOW + 5 });
  expect(await cardList?.({ limit: 10 })).toMatchObject([{ id: 1, cursor: 1, language: 'ko', postedAt: NOW + 5 }]);
  const cards = await alertCards('NVDA');
  expect(nvidia.alerts.map((alert) => cards.get(alertKey(alert)))).toEqual(nvidia.alerts.map(() => 1));
});

test('who has chosen a language gets titles and cards in it', async () => {
  const { cardList, deliveries, anyCard, db } = await listsOf('board', [nvidia]);
  await changeDeliveries(db, { state: 'sent', batch: 1, settledAt: NOW + 5 });
  const titles = async (language?: string) => [
    ...((await cardList?.({ limit: 10 }, language)) ?? []).map(({ card, ...it }) => [it.language, card.title]),
    ...((await deliveries?.({ limit: 10 }, language))?.lines ?? []).map(({ card }) => [card?.language, card?.title]),
    ...[await anyCard(1, language)].map((it) => [it?.language, it?.card.title]),
  ];
  const [korean, english] = ['▼ 엔비디아, 고점 대비 23.5% 하락', '▼ Nvidia is 23.5% below its peak'];
  for (const language of [undefined, 'ko', 'en'])
    expect(await titles(language)).toEqual(
      Array.from({ length: 3 }, () => (language === 'en' ? ['en', english] : ['ko', korean])),
    );
});

test('a symbol that a channel has added is its own, too', async () => {
  const shipped = loadWatchlist();
  const symbols = new Map(
    [...shipped.symbols].map(([symbol, it]) => [symbol, symbol === 'NVDA' ? { ...it, custom: true } : it]),
  );
  const { deliveries, anyCard } = await listsOf('slack', [nvidia], { ...shipped, symbols });
  const [line] = (await deliveries?.({ limit: 10 }))?.lines ?? [];
  expect(line).not.toHaveProperty('card');
  expect(await anyCard(line?.id ?? 0)).toBeUndefined();
});

test('a pause is why a card waits, not why one was muted, and a mute says until when', async () => {
  const { deliveries, db } = await listsOf('slack', [nvidia]);
  await changeChannels(db, { paused: pauseToStore({ text: 'no permission' }), pausedAt: NOW });
  const lineNow = async () => (await deliveries?.({ limit: 10 }))?.lines[0];
  expect(await lineNow()).toMatchObject({ pause: { text: 'no permission' } });
  await changeDeliveries(db, { state: 'muted', mutedUntil: NOW + 5 });
  expect(await lineNow()).toMatchObject({ state: 'muted', until: NOW + 5 });
  expect(await lineNow()).not.toHaveProperty('pause');
});
