import { formatPrice, formatUsdBillionsInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { nameInList } from '../i18n/names.ts';
import { formatLevel } from '../i18n/percent.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import { isRise } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Alert } from '../stories/alert.ts';
import type { Row } from './card.ts';

/** Rows of levels; of the others only the number is told. */
const MAX_ROWS = 6;

/** A level that fired, without the symbol: "−20% from its peak", "−15% in 10 sessions", "+2.5% in a day". */
export const levelText = (words: Translator, alert: Alert, unit: PriceUnit = 'usd'): string => {
  if (alert.kind === 'value') return words.say('level.value', { amount: formatUsdBillionsInWords(words, alert.level) });
  if (alert.kind === 'price') return words.say(`level.${alert.side}`, { price: formatPrice(words, alert.level, unit) });
  const level = formatLevel(words, alert.level);
  if (alert.kind === 'day') return words.say('level.day', { level });
  if (alert.kind === 'day-rise') return words.say('level.day_rise', { level });
  if (alert.kind === 'rise') return words.say('level.above_low', { level });
  if (alert.kind === 'within') return words.say('level.within', { level, count: alert.minutes });
  return alert.window === YEAR_SESSIONS
    ? words.say('level.below_peak', { level })
    : words.say('level.in_sessions', { level, count: alert.sessions });
};

/** The levels that a symbol has reached. */
export interface Reached {
  readonly symbol: string;
  readonly unit?: PriceUnit;
  readonly alerts: readonly Alert[];
}

/** Whether all that a symbol has reached are levels of rises. */
const hasRisen = ({ alerts }: Reached): boolean => alerts.every(isRise);

/** What counts for the order: how far, of moves that are measured in percent; a rise counts only where there is no fall. */
const extentOf = (reached: Reached): number =>
  Math.max(
    0,
    ...reached.alerts
      .filter((alert) => isRise(alert) === hasRisen(reached))
      .map((alert) => (alert.kind === 'value' || alert.kind === 'price' ? 0 : alert.level)),
  );

/** Falls before rises, the largest of each first; ties by symbol. */
const farthestFirst = (a: Reached, b: Reached): number =>
  Number(hasRisen(a)) - Number(hasRisen(b)) || extentOf(b) - extentOf(a) || (a.symbol < b.symbol ? -1 : 1);

/** One row for all symbols that have reached the same levels: falls before rises, the largest first. */
export const reachedRows = (words: Translator, reached: readonly Reached[]): Row[] => {
  const rows = [
    ...Map.groupBy(reached.filter(({ alerts }) => alerts.length > 0).toSorted(farthestFirst), ({ alerts, unit }) =>
      alerts.map((alert) => levelText(words, alert, unit)).join(', '),
    ),
  ].map(([text, symbols]) => ({ label: symbols.map(({ symbol }) => nameInList(words, symbol)).join(', '), text }));
  const more = rows.length - MAX_ROWS;
  return more > 0 ? [...rows.slice(0, MAX_ROWS), { label: '', text: words.say('level.more', { count: more }) }] : rows;
};
