import { describe, expect, it } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { testSampleFor } from '../../src/outbox/test-sample.ts';
import { writeAlerts } from '../../src/store/alerts.ts';
import type { Db } from '../../src/store/store.ts';
import { writeStory } from '../../src/store/stories.ts';
import { withdrawAlerts } from '../../src/store/withdrawals.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { nasdaqDay, nvidia } from '../cards/golden-stories.ts';
import { openTestStore } from '../store/temporary.ts';

const NOW = Date.parse('2024-07-30T20:15:00Z');
const watchlist = loadWatchlist();
const recorded: SlideStory = { ...nvidia, source: 'recorded' };
const parts = { watchlist, recorded: () => recorded };

const fire = async (db: Db, story: SlideStory): Promise<number> => {
  const id = await writeStory(db, story, NOW);
  await writeAlerts(db, id, story.alerts, NOW);
  return id;
};

const sampleOf = (db: Db, settings: ChannelSettings = {}) => testSampleFor(db, parts, { settings });

describe('the slide of a test card', () => {
  it('is the recorded one where nothing has fired, or none where that cannot be had', async () => {
    const { db } = await openTestStore();
    expect(await sampleOf(db)).toEqual({ slide: recorded, recorded: true });
    expect(await testSampleFor(db, { watchlist, recorded: () => undefined }, { settings: {} })).toBeUndefined();
  });

  it('is the newest of the symbols that the channel watches', async () => {
    const { db } = await openTestStore();
    await fire(db, nvidia);
    await fire(db, nasdaqDay);
    expect(await sampleOf(db)).toMatchObject({ slide: { symbol: 'IXIC' }, recorded: false });
    expect(await sampleOf(db, { without: ['IXIC'] })).toMatchObject({ slide: { symbol: 'NVDA' }, recorded: false });
    expect(await sampleOf(db, { without: ['IXIC', 'NVDA'] })).toMatchObject({ recorded: true });
  });

  it('tells of the channel’s own levels and kinds alone', async () => {
    const { db } = await openTestStore();
    await fire(db, nvidia);
    const levels = async (settings: ChannelSettings) =>
      (await sampleOf(db, settings))?.slide.alerts.map(({ kind, level }) => [kind, level]);
    expect(await levels({})).toEqual([
      ['drawdown', 2_000],
      ['day', 700],
    ]);
    expect(await levels({ kinds: ['day'] })).toEqual([['day', 700]]);
    expect(await levels({ rules: { '*': { drawdown: { 252: [1_500], 20: [] }, day: [] } } })).toEqual([
      ['drawdown', 1_500],
    ]);
    expect(await sampleOf(db, { kinds: ['digest'] })).toMatchObject({ recorded: true });
  });

  it('is none that was withdrawn', async () => {
    const { db } = await openTestStore();
    await fire(db, nvidia);
    await withdrawAlerts(db, [1, 2], { symbol: 'NVDA', session: nvidia.session, alerts: nvidia.alerts }, NOW);
    expect(await sampleOf(db)).toMatchObject({ recorded: true });
  });
});
