import type { Rules } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Alert } from '../stories/alert.ts';
import type { CardKind } from '../stories/card-kinds.ts';

/** The deepest of a channel's own levels that an observation has newly reached. */
const deepestIn = (levels: readonly number[], { above = 0, level }: Alert): number | undefined =>
  levels.findLast((own) => own > above && own <= level);

const matchOf = (alert: Alert, rules: Rules, kinds: readonly CardKind[]): Alert[] => {
  if (!kinds.includes(alert.kind === 'day' ? 'day' : 'drawdown')) return [];
  const { above: _, ...told } = alert;
  // Steps of market value are the symbol's, not a channel's.
  if (told.kind === 'value') return [told];
  const levels = told.kind === 'day' ? rules.day : rules.drawdown.find(({ window }) => window === told.window)?.levels;
  const level = deepestIn(levels ?? [], alert);
  return level === undefined ? [] : [{ ...told, level }];
};

/**
 * What a channel is told of the alerts that the rules of all channels together have raised: of each the deepest of its
 * own levels that it newly reached. It is what a machine with this channel's rules alone would have raised.
 */
export const matchLevels = (alerts: readonly Alert[], rules: Rules, kinds: readonly CardKind[]): Alert[] =>
  alerts.flatMap((alert) => matchOf(alert, rules, kinds));

/** The same for all channels that are told the same of a symbol; empty where that is nothing. */
export const matchKey = (told: readonly Alert[]): string =>
  told.map((it) => [it.session, it.kind === 'day' ? 'day' : `${it.kind} ${it.window}`, it.level].join(' ')).join(', ');

/** True where one of a channel's own levels of the year's window is among those that a fall to `level` has reached. */
export const recoveryMatches = (level: number, { drawdown }: Rules): boolean =>
  drawdown.some(({ window, levels }) => window === YEAR_SESSIONS && levels.some((own) => own <= level));
