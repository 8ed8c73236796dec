import { heldBackOf } from '../slides/held-back.ts';
import type { SummaryStory } from '../stories/channel-stories.ts';
import type { Story } from '../stories/story.ts';

/** Makes one story of all that was held, oldest first; `from` and `to` in epoch milliseconds. */
export const summaryOf = (
  stories: readonly Story[],
  { from, to }: Pick<SummaryStory, 'from' | 'to'>,
): SummaryStory => ({
  kind: 'summary',
  symbol: '*',
  from,
  to,
  held: stories.flatMap(heldBackOf),
});
