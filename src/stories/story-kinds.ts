import { DAY_MS, HOUR_MS } from '../util/durations.ts';
import type { CardKind } from './channel.ts';
import type { Story } from './story.ts';

/** All that depends on a story's kind, but for its card; that is in cards/story-cards.ts. */
interface StoryKind {
  /** Milliseconds after which its card is no longer worth posting. */
  readonly lifeMs: number;
  /** Whether its life ends at an instant of its own, at most `lifeMs` later, which the end of quiet hours does not put off. */
  readonly endsAsStated?: true;
  /** Delivery order within a channel and a platform: 0 = alerts, 1 = what follows them, 2 = digests. */
  readonly priority: 0 | 1 | 2;
  /** A channel must want one of these to get it; none: the channel's settings do not matter. */
  readonly cardKinds: readonly CardKind[];
  /** Whether the summary at the end of quiet hours can replace it. */
  readonly summarised?: true;
  /** Whether it is a line of `/alerts history`. */
  readonly listed?: true;
  /** Whether it is passed on to channels that follow the channel: not what is about this channel alone. */
  readonly forFollowers?: true;
}

export const STORY_KINDS: Readonly<Record<Story['kind'], StoryKind>> = {
  slide: {
    lifeMs: 12 * HOUR_MS,
    priority: 0,
    cardKinds: ['drawdown', 'day'],
    summarised: true,
    listed: true,
    forFollowers: true,
  },
  'after-hours': {
    lifeMs: 5 * DAY_MS,
    endsAsStated: true,
    priority: 0,
    cardKinds: ['day'],
    listed: true,
    forFollowers: true,
  },
  recovery: {
    lifeMs: 24 * HOUR_MS,
    priority: 1,
    cardKinds: ['recovery'],
    summarised: true,
    listed: true,
    forFollowers: true,
  },
  withdrawal: { lifeMs: 48 * HOUR_MS, priority: 1, cardKinds: [], forFollowers: true },
  figures: { lifeMs: 48 * HOUR_MS, priority: 1, cardKinds: ['figures'], listed: true, forFollowers: true },
  bill: { lifeMs: 48 * HOUR_MS, priority: 1, cardKinds: ['bill'], listed: true, forFollowers: true },
  digest: { lifeMs: 6 * HOUR_MS, priority: 2, cardKinds: ['digest'], listed: true, forFollowers: true },
  notice: { lifeMs: HOUR_MS, priority: 1, cardKinds: ['notice'], forFollowers: true },
  summary: { lifeMs: 12 * HOUR_MS, priority: 1, cardKinds: [], forFollowers: true },
  'mute-end': { lifeMs: 12 * HOUR_MS, priority: 1, cardKinds: [] },
  greeting: { lifeMs: 24 * HOUR_MS, priority: 1, cardKinds: [] },
  test: { lifeMs: HOUR_MS, priority: 1, cardKinds: [] },
  trouble: { lifeMs: HOUR_MS, priority: 1, cardKinds: [] },
};

/** The kinds whose stories are lines of `/alerts history`. */
export const LISTED_KINDS = (Object.keys(STORY_KINDS) as Story['kind'][]).filter((kind) => STORY_KINDS[kind].listed);
