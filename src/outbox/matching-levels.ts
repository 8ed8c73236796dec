import type { Rules } from '../market/watchlist.ts';
import { atLevelsOf, cardKindOf, ruleOf } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Alert } from '../stories/alert.ts';
import type { CardKind } from '../stories/channel.ts';

const matchAlert = (alert: Alert, rules: Rules, kinds: readonly CardKind[]): Alert[] => {
  const kind = cardKindOf(alert);
  const match = kind === undefined || kinds.includes(kind) ? atLevelsOf(rules, alert) : undefined;
  if (!match) return [];
  const { above: _, ...matched } = match;
  return [matched];
};

/**
 * Matches alerts, which fired under the combined rules of all channels, to one channel's rules: each keeps the deepest
 * of the channel's own levels that it newly fired, or is left out. The result is the same as if the machine had run
 * under this channel's rules alone.
 */
export const matchLevels = (alerts: readonly Alert[], rules: Rules, kinds: readonly CardKind[]): Alert[] =>
  alerts.flatMap((alert) => matchAlert(alert, rules, kinds));

/** Key of a symbol's matched alerts: equal for equal levels; empty for no alerts. */
export const matchKey = (matched: readonly Alert[]): string =>
  matched.map((alert) => [alert.session, ruleOf(alert), alert.level].join(' ')).join(', ');

/** Whether a recovery from `level` (basis points) concerns a channel: one of its own levels of the year window had fired. */
export const recoveryMatches = (level: number, { drawdown }: Rules): boolean =>
  drawdown.some(({ window, levels }) => window === YEAR_SESSIONS && levels.some((own) => own <= level));
