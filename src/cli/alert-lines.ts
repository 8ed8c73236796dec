import { formatTime } from '../i18n/dates.ts';
import { changeInBasisPoints } from '../market/compare.ts';
import { fromMicros } from '../market/money.ts';
import type { TimedAlert } from '../slides/fold-minutes.ts';

const percent = (price: number, reference: number): number => changeInBasisPoints(price, reference) / 100;

/** One alert as an ndjson line of the replay: prices in the quoted currency, levels and pct in percent. `time` of a minute's price. */
export const alertJson = ({ alert, at: seenAt }: TimedAlert): string => {
  const { kind, symbol, session: at } = alert;
  const time = seenAt === undefined ? {} : { time: new Date(seenAt).toISOString() };
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
        ...time,
        price,
        previous: fromMicros(previous),
        pct,
        worstSince,
      });
    }
    case 'within': {
      const { minutes, level, high, highTime } = alert;
      return JSON.stringify({
        ...{ type: 'alert', kind, symbol, minutes, level: level / 100, at, ...time, price, high: fromMicros(high) },
        ...{ highAt: new Date(highTime).toISOString(), pct: percent(alert.price, high) },
      });
    }
    case 'price': {
      const { side, level } = alert;
      return JSON.stringify({ type: 'alert', kind, symbol, side, level: fromMicros(level), at, ...time, price });
    }
    case 'rise': {
      const { window, low, lowSession: lowDate, sessions, level } = alert;
      return JSON.stringify({
        ...{
          type: 'alert',
          kind,
          symbol,
          window,
          level: level / 100,
          at,
          ...time,
          price,
          low: fromMicros(low),
          lowDate,
          sessions,
        },
        pct: percent(alert.price, low),
      });
    }
    case 'day-rise': {
      const { previous, bestSince, level } = alert;
      const pct = percent(alert.price, previous);
      return JSON.stringify({
        ...{
          type: 'alert',
          kind,
          symbol,
          level: level / 100,
          at,
          ...time,
          price,
          previous: fromMicros(previous),
          pct,
          bestSince,
        },
      });
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
        ...time,
        price,
        peak: fromMicros(peak),
        peakDate,
        sessions,
        pct,
      });
    }
  }
};

/** One alert as a line for a person; with New York's time of a minute's price. */
export const alertText = ({ alert, at }: TimedAlert): string => {
  const time = at === undefined ? '' : ` ${formatTime(at)}`;
  const head = `${alert.session}${time}  ${alert.symbol.padEnd(5)} `;
  const price = fromMicros(alert.price);
  if (alert.kind === 'day') {
    const since = alert.worstSince === null ? 'the worst day on record' : `worst day since ${alert.worstSince}`;
    const pct = percent(alert.price, alert.previous).toFixed(2);
    return `${head}day ${alert.level / 100}%: ${pct}% to ${price}, ${since}`;
  }
  if (alert.kind === 'within') {
    const pct = percent(alert.price, alert.high).toFixed(2);
    const from = `${fromMicros(alert.high)} at ${formatTime(alert.highTime)}`;
    return `${head}within ${alert.minutes} minutes/${alert.level / 100}%: ${price} is ${pct}% from ${from}`;
  }
  if (alert.kind === 'day-rise') {
    const since = alert.bestSince === null ? 'the best day on record' : `best day since ${alert.bestSince}`;
    return `${head}day rise ${alert.level / 100}%: +${percent(alert.price, alert.previous).toFixed(2)}% to ${price}, ${since}`;
  }
  if (alert.kind === 'rise') {
    const low = `${fromMicros(alert.low)} on ${alert.lowSession}`;
    return `${head}rise ${alert.window}/${alert.level / 100}%: ${price} is +${percent(alert.price, alert.low).toFixed(2)}% from ${low}, ${alert.sessions} sessions`;
  }
  if (alert.kind === 'price') return `${head}${alert.side} ${fromMicros(alert.level)}: ${price}`;
  const what = alert.kind === 'drawdown' ? `${alert.window}/${alert.level / 100}%` : `$${alert.level} billion lost`;
  const pct = percent(alert.price, alert.peak).toFixed(2);
  const peak = `${fromMicros(alert.peak)} on ${alert.peakSession}`;
  return `${head}${what}: ${price} is ${pct}% from ${peak}, ${alert.sessions} sessions`;
};
