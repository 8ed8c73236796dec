import { rulesOf } from '../channels/channel-rules.ts';
import { digestKey, digestProfile } from '../channels/digest-profile.ts';
import type { Alert } from '../stories/alert.ts';
import { type ChannelSettings, DEFAULT_KINDS } from '../stories/channel.ts';
import { type FanoutPlan, symbolOf } from '../stories/fanout-plan.ts';
import { matchLevels } from './matching-levels.ts';
import type { PlanQuestion, RouteParts } from './steps/step.ts';

/** Which channels a plan's stories are for. What it finds for a settings object is kept as long as that. */
export const questionOf = (plan: FanoutPlan, { watchlist, timeZone }: RouteParts): PlanQuestion => {
  const symbol = symbolOf(plan);
  const kind = watchlist.symbols.get(symbol)?.kind ?? 'stock';
  const digestKeys = new WeakMap<ChannelSettings, string>();
  const found = new WeakMap<ChannelSettings, readonly Alert[]>();
  const rulesFor = (settings: ChannelSettings) => rulesOf(settings, watchlist.rules, symbol, kind);
  return {
    plan,
    watchlist,
    timeZone,
    rulesOf: rulesFor,
    digestKeyOf: (settings) => {
      const known = digestKeys.get(settings);
      if (known !== undefined) return known;
      const profile = digestProfile(settings, timeZone);
      const key = profile ? digestKey(profile) : '';
      digestKeys.set(settings, key);
      return key;
    },
    matched: (settings) => {
      if (plan.kind !== 'slide') return [];
      const known = found.get(settings);
      if (known) return known;
      const matched = matchLevels(plan.alerts, rulesFor(settings), settings.kinds ?? DEFAULT_KINDS);
      found.set(settings, matched);
      return matched;
    },
  };
};
