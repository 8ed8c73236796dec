import { describe, expect, it } from 'vitest';
import { enqueueForAll } from '../../src/outbox/enqueue.ts';
import { createMuteEndsJob } from '../../src/outbox/mute-ends-job.ts';
import { writeAlerts } from '../../src/store/alerts.ts';
import { muteNotesOf } from '../../src/store/mute-notes.ts';
import { withdrawAlerts } from '../../src/store/withdrawals.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { MuteEndStory } from '../../src/stories/channel-stories.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { drawdown, type Name, storyAt } from '../cards/stories.ts';
import { NOW, openTestChannels, ZONE } from '../channels/open-channels.ts';
import {
  changeChannels,
  changeDeliveries,
  storedAlerts,
  storedDeliveries,
  storedMutes,
  storedStories,
} from '../store/inspect.ts';

const HOUR = 3_600_000;

const slide = (symbol: Name, percent: number): SlideStory => {
  const peak = { price: 100, session: '2025-02-10', sessions: 5 };
  const close = { symbol, session: '2025-02-17', close: 100 - percent, previous: 100, peak };
  return storyAt(close, { alerts: [drawdown(close, 252, 10)] });
};

const openMuted = async (settings: ChannelSettings = {}) => {
  const room = await openTestChannels();
  const place = { platform: 'discord', address: '1' };
  const { id } = await room.channels.open(place, { language: 'en', origin: 'setup', settings }, NOW);
  const job = createMuteEndsJob({ store: room.store, timeZone: ZONE });
  const tell = (story: SlideStory, now = NOW + 1) =>
    room.store.transaction((db) =>
      enqueueForAll(db, { watchlist: room.watchlist, timeZone: ZONE }, story, { now, dueAt: now }),
    );
  const mute = (symbol: string, hours: number, now = NOW) =>
    room.channels.mute(id, symbol, now + hours * HOUR, 'U1', now);
  const ends = () => storedStories<MuteEndStory>(room.store.db, 'mute-end');
  return { ...room, id, tell, mute, ends, wake: (now: number) => job.run(now) };
};

describe('when a mute ends by itself', () => {
  it('the channel is told how many of each symbol were held back, and the deepest', async () => {
    const room = await openMuted();
    await room.mute('*', 1);
    for (const [symbol, percent] of [
      ['NVDA', 11],
      ['TSLA', 20],
      ['NVDA', 15],
    ] as const)
      await room.tell(slide(symbol, percent));
    await room.wake(NOW + HOUR - 1);
    expect(await room.ends()).toEqual([]);
    await room.wake(NOW + HOUR);
    await room.wake(NOW + HOUR);
    expect(await room.ends()).toMatchObject([
      {
        muted: ['*'],
        counts: [
          { symbol: 'NVDA', count: 2 },
          { symbol: 'TSLA', count: 1 },
        ],
        deepest: { symbol: 'TSLA', price: 80_000_000 },
        at: NOW + HOUR,
      },
    ]);
    expect(await storedMutes(room.store.db)).toEqual([]);
  });

  it('a mute of all that lasts longer takes over what it held back', async () => {
    const room = await openMuted();
    await room.mute('NVDA', 1);
    await room.tell(slide('NVDA', 11));
    await room.mute('*', 2);
    await room.wake(NOW + HOUR);
    expect(await room.ends()).toEqual([]);
    expect(await room.channels.mutes(room.id, NOW + HOUR)).toMatchObject([{ symbol: '*', held: 1 }]);
    await room.wake(NOW + 2 * HOUR);
    expect(await room.ends()).toMatchObject([{ muted: ['*'], counts: [{ symbol: 'NVDA', count: 1 }] }]);
  });

  it('two that end together are one message', async () => {
    const room = await openMuted();
    await room.mute('NVDA', 1);
    await room.mute('TSLA', 1);
    await room.tell(slide('NVDA', 11));
    await room.tell(slide('TSLA', 12));
    await room.wake(NOW + HOUR);
    expect(await room.ends()).toMatchObject([{ muted: ['NVDA', 'TSLA'] }]);
  });

  it('in quiet hours the message waits for their end', async () => {
    const room = await openMuted({ quiet: { from: '11:00', to: '13:00' } });
    await room.mute('NVDA', 1.5);
    await room.tell(slide('NVDA', 11));
    await room.wake(NOW + 1.5 * HOUR);
    expect((await storedDeliveries(room.store.db)).at(-1)).toMatchObject({ kind: 'mute-end', dueAt: NOW + 3 * HOUR });
  });

  it('an alert that was withdrawn meanwhile is not told of', async () => {
    const room = await openMuted();
    await room.mute('NVDA', 1);
    const story = slide('NVDA', 11);
    await room.tell(story);
    await writeAlerts(room.store.db, 1, story.alerts, NOW);
    const [alert] = await storedAlerts(room.store.db);
    const withdrawn = { symbol: 'NVDA', session: '2025-02-17', alerts: story.alerts };
    await withdrawAlerts(room.store.db, [alert?.id ?? 0], withdrawn, NOW + 2);
    await room.wake(NOW + HOUR);
    expect(await room.ends()).toEqual([]);
  });

  it.each([
    ['is not in use', { status: 'retired' as const }, 1],
    ['was away for so long that it is old', { language: 'en' }, 14],
  ])('a channel that %s is told nothing', async (_, change, hours) => {
    const room = await openMuted();
    await room.mute('NVDA', 1);
    await room.tell(slide('NVDA', 11));
    await changeChannels(room.store.db, change);
    await room.wake(NOW + hours * HOUR);
    expect(await room.ends()).toEqual([]);
    expect(await storedMutes(room.store.db)).toEqual([]);
  });
});

it('a new mute of a symbol whose last one is over first tells of that', async () => {
  const room = await openMuted();
  await room.mute('NVDA', 1);
  await room.tell(slide('NVDA', 11));
  await room.mute('NVDA', 1, NOW + HOUR);
  expect(await room.ends()).toHaveLength(1);
  expect(await room.channels.mutes(room.id, NOW + HOUR)).toEqual([{ symbol: 'NVDA', until: NOW + 2 * HOUR, held: 0 }]);
});

it('a second mute of a symbol tells of its own alerts alone', async () => {
  const room = await openMuted();
  await room.mute('NVDA', 1);
  await room.tell(slide('NVDA', 11));
  await room.wake(NOW + HOUR);
  await room.mute('NVDA', 1, NOW + HOUR);
  await room.tell(slide('NVDA', 15), NOW + HOUR + 1);
  await room.wake(NOW + 2 * HOUR);
  expect((await room.ends()).map(({ counts }) => counts[0]?.count)).toEqual([1, 1]);
});

it('only the card whose button was pressed names who has muted, and a later mute of the same symbol changes it', async () => {
  const room = await openMuted();
  const { db } = room.store;
  await room.tell(slide('NVDA', 11));
  await changeDeliveries(db, { state: 'sent', batch: 1, messageId: 'm1' });
  const press = (name: string, messageId: string, hours: number) =>
    room.channels.mute(room.id, 'NVDA', NOW + hours * HOUR, 'U1', NOW, { name, messageId });
  await press('Ann', 'another', 1);
  expect(await muteNotesOf(db, 1)).toEqual([]);
  await press('Ann', 'm1', 1);
  await press('Ben', 'another', 2);
  expect(await muteNotesOf(db, 1)).toEqual([{ symbol: 'NVDA', by: 'Ben', until: NOW + 2 * HOUR }]);
});
