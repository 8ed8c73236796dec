import { rulesOf, watches } from '../channels/channel-rules.ts';
import { digestKey, digestProfile } from '../channels/digest-profile.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { type CardKind, type ChannelSettings, DEFAULT_KINDS } from '../stories/channel.ts';
import { type FanoutPlan, storyKindOf } from '../stories/fanout-plan.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { matchKey, matchLevels, recoveryMatches } from './matching-levels.ts';
import { quietUntil } from './quiet-hours.ts';

export interface RouteParts {
  readonly watchlist: Watchlist;
  /** IANA name; for channels without their own. */
  readonly timeZone: string;
}

/** Which story of a plan a channel gets, and when. */
export interface Route {
  /** Story id. */
  readonly story: number;
  /** End of the quiet hours that hold the story, epoch milliseconds; absent if none do. */
  readonly quietUntil?: number;
}

/** The symbol that a plan is about; `*` = none in particular. */
export const symbolOf = (plan: FanoutPlan): string => ('symbol' in plan ? (plan.symbol ?? '*') : '*');

/** Whether a channel wants one of these kinds of card; yes for none. */
const wants = ({ kinds = DEFAULT_KINDS }: ChannelSettings, wanted: readonly CardKind[]): boolean =>
  wanted.length === 0 || wanted.some((kind) => kinds.includes(kind));

/** Id of the plan's story for a channel with these settings; undefined if the plan does not concern it. */
const matchStory = (plan: FanoutPlan, settings: ChannelSettings, parts: RouteParts): number | undefined => {
  const { watchlist, timeZone } = parts;
  if (plan.kind === 'digest') {
    const profile = digestProfile(settings, timeZone);
    return profile && plan.stories[digestKey(profile)];
  }
  const { symbol } = plan;
  if (symbol !== undefined && !watches(settings, watchlist, symbol)) return undefined;
  if (!wants(settings, STORY_KINDS[storyKindOf(plan)].cardKinds)) return undefined;
  if (plan.kind === 'all') return plan.story;
  const kind = watchlist.symbols.get(plan.symbol)?.kind ?? 'stock';
  const rules = rulesOf(settings, watchlist.rules, plan.symbol, kind);
  if (plan.kind === 'recovery') return recoveryMatches(plan.level, rules) ? plan.story : undefined;
  const matched = matchLevels(plan.alerts, rules, settings.kinds ?? DEFAULT_KINDS);
  if (matched.length === 0) return undefined;
  // Rules that changed after the alert fired may match levels without a story of their own: the first story is closest.
  return plan.stories[matchKey(matched)] ?? Object.values(plan.stories)[0];
};

/** Returns the function that routes a plan, at `now`, to a channel with given settings. Quiet hours do not hold digests. */
export const createRouter = (plan: FanoutPlan, parts: RouteParts, now: number) => {
  const quietEnds = new Map<string, number | undefined>();
  const quietEndOf = ({ quiet, timeZone = parts.timeZone }: ChannelSettings): number | undefined => {
    if (!quiet || plan.kind === 'digest') return undefined;
    const key = `${timeZone} ${quiet.from} ${quiet.to}`;
    if (!quietEnds.has(key)) quietEnds.set(key, quietUntil(quiet, timeZone, now));
    return quietEnds.get(key);
  };
  return (settings: ChannelSettings): Route | undefined => {
    const story = matchStory(plan, settings, parts);
    if (story === undefined) return undefined;
    const end = quietEndOf(settings);
    return { story, ...(end !== undefined && { quietUntil: end }) };
  };
};
