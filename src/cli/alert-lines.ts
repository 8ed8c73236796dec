import { formatTime } from '../i18n/dates.ts';
import { changeInBasisPoints } from '../market/compare.ts';
import { fromMicros } from '../market/money.ts';
import type { Alert } from '../stories/alert.ts';

const percent = (price: number, reference: number): number => changeInBasisPoints(price, reference) / 100;

/** One alert as an ndjson line of the replay: prices in the quoted currency, levels and pct in percent. */
export const alertJson = (alert: Alert): string => {
  const { kind, symbol, session: at } = alert;
  const price = fromMicros(alert.price);
  switch (kind) {
    case 'day': {
      const { previous, worstSince, level } = alert;
      const pct = percent(alert.price, previous);
      return JSON.stringify({
        type: 'alert',
        kind,
        symbol,
        level: level / 100,
        at,
        price,
        previous: fromMicros(previous),
        pct,
        worstSince,
      });
    }
    case 'within': {
      const { minutes, level, high, highTime } = alert;
      return JSON.stringify({
        ...{ type: 'alert', kind, symbol, minutes, level: level / 100, at, price, high: fromMicros(high) },
        ...{ highAt: new Date(highTime).toISOString(), pct: percent(alert.price, high) },
      });
    }
    case 'price': {
      const { side, level } = alert;
      return JSON.stringify({ type: 'alert', kind, symbol, side, level: fromMicros(level), at, price });
    }
    case 'drawdown':
    case 'value': {
      const { window, peak, peakSession: peakDate, sessions } = alert;
      const level = kind === 'drawdown' ? alert.level / 100 : alert.level;
      const pct = percent(alert.price, peak);
      return JSON.stringify({
        type: 'alert',
        kind,
        symbol,
        window,
        level,
        at,
        price,
        peak: fromMicros(peak),
        peakDate,
        sessions,
        pct,
      });
    }
  }
};

/** One alert as a line for a person. */
export const alertText = (alert: Alert): string => {
  const head = `${alert.session}  ${alert.symbol.padEnd(5)} `;
  const price = fromMicros(alert.price);
  if (alert.kind === 'day') {
    const since = alert.worstSince === null ? 'the worst day on record' : `worst day since ${alert.worstSince}`;
    const pct = percent(alert.price, alert.previous).toFixed(2);
    return `${head}day ${alert.level / 100}%: ${pct}% to ${price}, ${since}`;
  }
  if (alert.kind === 'within') {
    const pct = percent(alert.price, alert.high).toFixed(2);
    const time = formatTime(alert.highTime);
    return `${head}within ${alert.minutes} minutes/${alert.level / 100}%: ${price} is ${pct}% from ${fromMicros(alert.high)} at ${time}`;
  }
  if (alert.kind === 'price') return `${head}${alert.side} ${fromMicros(alert.level)}: ${price}`;
  const what = alert.kind === 'drawdown' ? `${alert.window}/${alert.level / 100}%` : `$${alert.level} billion lost`;
  const pct = percent(alert.price, alert.peak).toFixed(2);
  const peak = `${fromMicros(alert.peak)} on ${alert.peakSession}`;
  return `${head}${what}: ${price} is ${pct}% from ${peak}, ${alert.sessions} sessions`;
};
