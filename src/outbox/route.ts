import { digestKey, digestProfile } from '../channels/digest-key.ts';
import { rulesOf, watches } from '../channels/rules-of.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { type CardKind, DEFAULT_KINDS } from '../stories/card-kinds.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import { matchKey, matchLevels, recoveryMatches } from './matching-levels.ts';
import { quietUntil } from './quiet-hours.ts';

/** What every decision about channels rests on. */
export interface RouteParts {
  readonly watchlist: Watchlist;
  /** IANA name: where a channel has none of its own. */
  readonly timeZone: string;
}

/** What one channel has of a plan. */
export interface Route {
  readonly story: number;
  /** Epoch milliseconds: the end of the quiet hours that hold it. */
  readonly quietUntil?: number;
}

/** The symbol that a plan is about; `*` = none in particular. */
export const symbolOf = (plan: FanoutPlan): string => ('symbol' in plan ? (plan.symbol ?? '*') : '*');

const wants = (settings: ChannelSettings, kind: CardKind): boolean => (settings.kinds ?? DEFAULT_KINDS).includes(kind);

/** The story of a plan that a channel of these settings is told; undefined where it is told nothing. */
export const matchStory = (plan: FanoutPlan, settings: ChannelSettings, parts: RouteParts): number | undefined => {
  const { watchlist, timeZone } = parts;
  if (plan.kind === 'digest') {
    const profile = digestProfile(settings, timeZone);
    return profile && plan.stories[digestKey(profile)];
  }
  const { symbol } = plan;
  if (symbol !== undefined && !watches(settings, watchlist, symbol)) return undefined;
  if (plan.kind === 'all') return wants(settings, plan.wanted) ? plan.story : undefined;
  const kind = watchlist.symbols.get(plan.symbol)?.kind ?? 'stock';
  const rules = rulesOf(settings, watchlist.rules, plan.symbol, kind);
  if (plan.kind === 'recovery')
    return wants(settings, 'recovery') && recoveryMatches(plan.level, rules) ? plan.story : undefined;
  const told = matchLevels(plan.alerts, rules, settings.kinds ?? DEFAULT_KINDS);
  if (told.length === 0) return undefined;
  // Rules that changed since the crossing may name other levels than anybody had then: the first story is the nearest.
  return plan.stories[matchKey(told)] ?? Object.values(plan.stories)[0];
};

/** Says of settings what they have of a plan at `now`. Digests are no alarm: quiet hours do not hold them. */
export const createRouter = (plan: FanoutPlan, parts: RouteParts, now: number) => {
  const nights = new Map<string, number | undefined>();
  const nightOf = ({ quiet, timeZone = parts.timeZone }: ChannelSettings): number | undefined => {
    if (!quiet || plan.kind === 'digest') return undefined;
    const key = `${timeZone} ${quiet.from} ${quiet.to}`;
    if (!nights.has(key)) nights.set(key, quietUntil(quiet, timeZone, now));
    return nights.get(key);
  };
  return (settings: ChannelSettings): Route | undefined => {
    const story = matchStory(plan, settings, parts);
    if (story === undefined) return undefined;
    const end = nightOf(settings);
    return { story, ...(end !== undefined && { quietUntil: end }) };
  };
};
