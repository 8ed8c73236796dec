import { formatPrice, formatUsdBillionsInWords } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { depthBelow } from '../i18n/percent.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import { referencePrice } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { Alert } from '../stories/alert.ts';

/**
 * A move in a few words: "23.5% below peak", "down 15.3% in 17 sessions", "down 7.0% in a day", "down 4.2% within 30 minutes",
 * "below $100.00", "25.3% above 52-week low", "up 8.1% in a day".
 */
export const fallText = (words: Translator, alert: Alert, price: Micros, unit: PriceUnit): string => {
  if (alert.kind === 'price')
    return words.say(`summary.${alert.side}`, { price: formatPrice(words, alert.level, unit) });
  const depth = depthBelow(words, price, referencePrice(alert));
  if (alert.kind === 'day') return words.say('summary.day', { depth });
  if (alert.kind === 'rise') return words.say('summary.above_low', { rise: depth });
  if (alert.kind === 'day-rise') return words.say('summary.day_rise', { rise: depth });
  if (alert.kind === 'value')
    return words.say('summary.value', { depth, amount: formatUsdBillionsInWords(words, alert.level) });
  if (alert.kind === 'within') return words.say('summary.within', { depth, count: alert.minutes });
  return alert.window === YEAR_SESSIONS
    ? words.say('summary.below_peak', { depth })
    : words.say('summary.in_sessions', { depth, count: alert.sessions });
};
