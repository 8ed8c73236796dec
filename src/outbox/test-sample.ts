import { rulesOf, watches } from '../channels/channel-rules.ts';
import { narrowStory } from '../slides/narrow-story.ts';
import { latestAlerts } from '../store/alerts.ts';
import type { Db } from '../store/store.ts';
import { readStories } from '../store/stories.ts';
import { type Channel, DEFAULT_KINDS } from '../stories/channel.ts';
import type { TestSample } from '../stories/channel-stories.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { matchLevels } from './matching-levels.ts';
import { dayLevelOf } from './plan-stories.ts';
import type { RouteParts } from './steps/step.ts';

/** Alerts that are looked at for one at the channel's own levels. */
const MAX_ALERTS = 200;

/** The newest slide that stands of the symbols that a channel watches, at its own levels; undefined if none is stored. */
const lastSlide = async (
  db: Db,
  { watchlist }: Pick<RouteParts, 'watchlist'>,
  { settings }: Pick<Channel, 'settings'>,
): Promise<SlideStory | undefined> => {
  const watched = [...watchlist.symbols.keys()].filter((symbol) => watches(settings, watchlist, symbol));
  for (const { storyId, alerts } of await latestAlerts(db, watched, MAX_ALERTS)) {
    const symbol = alerts[0]?.symbol ?? '';
    const rules = rulesOf(settings, watchlist.rules, symbol, watchlist.symbols.get(symbol)?.kind ?? 'stock');
    const own = matchLevels(alerts, rules, settings.kinds ?? DEFAULT_KINDS);
    const draft = own.length > 0 ? (await readStories(db, [storyId])).get(storyId) : undefined;
    if (draft?.kind === 'slide') return narrowStory(draft, own, dayLevelOf(watchlist, symbol));
  }
  return undefined;
};

/** The slide for a channel's test card: its own last one, else the recorded one; undefined without either. */
export const testSampleFor = async (
  db: Db,
  parts: Pick<RouteParts, 'watchlist'> & { readonly recorded: () => SlideStory | undefined },
  channel: Pick<Channel, 'settings'>,
): Promise<TestSample | undefined> => {
  const own = await lastSlide(db, parts, channel);
  const slide = own ?? parts.recorded();
  return slide && { slide, recorded: own === undefined };
};
