import type { Rules } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Alert } from '../stories/alert.ts';
import type { CardKind } from '../stories/channel.ts';

/** The deepest of a channel's levels (ascending) that the alert newly fired; undefined if it fired none of them. */
const deepestFired = (levels: readonly number[], { above = 0, level }: Alert): number | undefined =>
  levels.findLast((own) => own > above && own <= level);

const matchAlert = (alert: Alert, rules: Rules, kinds: readonly CardKind[]): Alert[] => {
  if (!kinds.includes(alert.kind === 'day' ? 'day' : 'drawdown')) return [];
  const { above: _, ...matched } = alert;
  // Steps of market value belong to the symbol: channels do not set them.
  if (matched.kind === 'value') return [matched];
  const levels =
    matched.kind === 'day' ? rules.day : rules.drawdown.find(({ window }) => window === matched.window)?.levels;
  const level = deepestFired(levels ?? [], alert);
  return level === undefined ? [] : [{ ...matched, level }];
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
  matched
    .map((it) => [it.session, it.kind === 'day' ? 'day' : `${it.kind} ${it.window}`, it.level].join(' '))
    .join(', ');

/** Whether a recovery from `level` (basis points) concerns a channel: one of its own levels of the year window had fired. */
export const recoveryMatches = (level: number, { drawdown }: Rules): boolean =>
  drawdown.some(({ window, levels }) => window === YEAR_SESSIONS && levels.some((own) => own <= level));
