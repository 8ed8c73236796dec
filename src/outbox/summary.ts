import type { HeldBack, SummaryStory } from '../stories/channel-stories.ts';
import type { Story } from '../stories/story.ts';

const toHeldBack = (story: Story): HeldBack[] => {
  if (story.kind === 'recovery') {
    const { symbol, name, unit, price, observedAt: at, peak } = story;
    return [{ symbol, name, unit, price, at, headline: { kind: 'recovery', peak: peak.price } }];
  }
  if (story.kind !== 'slide') return [];
  const { symbol, name, unit, price, observedAt: at, alerts } = story;
  const [headline] = alerts;
  return headline ? [{ symbol, name, unit, price, at, headline }] : [];
};

/** Makes one story of all that was held, oldest first; `from` and `to` in epoch milliseconds. */
export const summaryOf = (
  stories: readonly Story[],
  { from, to }: Pick<SummaryStory, 'from' | 'to'>,
): SummaryStory => ({
  kind: 'summary',
  symbol: '*',
  from,
  to,
  held: stories.flatMap(toHeldBack),
});
