import type { Rules, Watched, Watchlist } from '../market/watchlist.ts';
import type { Played } from '../slides/backtest.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { type CardKind, type ChannelSettings, DEFAULT_KINDS } from '../stories/channel.ts';
import { rulesOf } from './channel-rules.ts';

/** Levels that are tried: below the peak of 252 sessions, and in a day; in basis points, ascending. */
export interface TriedLevels {
  readonly drawdown: readonly number[];
  readonly day: readonly number[];
}

/** How a symbol is played on closes. */
export interface Trial {
  readonly played: Omit<Played, 'bars' | 'calendar'>;
  /** Whether nothing could be told. */
  readonly isEmpty: boolean;
  /** Whether the rules have some that closes cannot show: falls within minutes, and prices that were set. */
  readonly hasUnplayed: boolean;
}

/** Rules of these levels alone. */
const rulesOfLevels = ({ drawdown, day }: TriedLevels): Rules => ({
  drawdown: drawdown.length === 0 ? [] : [{ window: YEAR_SESSIONS, levels: drawdown }],
  day,
});

/** The rules without those of kinds of cards that the channel does not get. */
const toldRules = (rules: Rules, kinds: readonly CardKind[]): Rules => ({
  ...rules,
  drawdown: kinds.includes('drawdown') ? rules.drawdown : [],
  day: kinds.includes('day') ? rules.day : [],
});

/** The trial of a symbol under levels that are tried, or else under a channel's own rules and kinds of cards. */
export const trialOf = (
  { symbol, kind, valueStep }: Pick<Watched, 'symbol' | 'kind' | 'valueStep'>,
  settings: ChannelSettings,
  defaults: Watchlist['rules'],
  tried?: TriedLevels,
): Trial => {
  const kinds = settings.kinds ?? DEFAULT_KINDS;
  const { within, price, ...rules } = tried
    ? rulesOfLevels(tried)
    : toldRules(rulesOf(settings, defaults, symbol, kind), kinds);
  const hasValue = !tried && valueStep !== undefined && kinds.includes('drawdown');
  const { drawdown, day, rise = [], dayRise = [] } = rules;
  return {
    played: { symbol, watch: { rules, ...(hasValue && { valueStep }) } },
    isEmpty: drawdown.length + day.length + rise.length + dayRise.length === 0 && !hasValue,
    hasUnplayed: within !== undefined || price !== undefined,
  };
};
