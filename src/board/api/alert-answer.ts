import { changePercent } from '../../i18n/percent.ts';
import { fromMicros } from '../../market/money.ts';
import { isRise, referencePrice, windowOf } from '../../slides/alert-kinds.ts';
import type { Alert } from '../../stories/alert.ts';
import type { FiredAlert } from '../board-view.ts';
import type { ApiAlert } from './answer-schemas.ts';

/** Decimals of a percentage for programs. */
export const PERCENT_DECIMALS = 4;

const BASIS_POINTS_PER_PERCENT = 100;

type Told = Exclude<Alert, { kind: 'price' }>;

export const isoOf = (instant: number): string => new Date(instant).toISOString();

const referenceOf = (alert: Told): Omit<ApiAlert['reference'], 'price'> => {
  switch (alert.kind) {
    case 'drawdown':
    case 'value':
      return { what: 'peak', session: alert.peakSession };
    case 'rise':
      return { what: 'low', session: alert.lowSession };
    case 'within':
      return { what: 'high', at: isoOf(alert.highTime) };
    case 'day':
    case 'day-rise':
      return { what: 'previous-close' };
  }
};

/** An alert for programs. */
export const alertAnswer = ({ id, alert, unit, firedAt, withdrawnAt }: FiredAlert): ApiAlert => {
  const { symbol, kind, session, price, level } = alert;
  const base = referencePrice(alert);
  const window = windowOf(alert);
  return {
    ...{ id, symbol, unit, kind, session },
    direction: isRise(alert) ? 'rise' : 'fall',
    ...(kind === 'value'
      ? { level, level_unit: 'usd-billions' }
      : { level: level / BASIS_POINTS_PER_PERCENT, level_unit: 'percent' }),
    price: fromMicros(price),
    reference: { ...referenceOf(alert), price: fromMicros(base) },
    change_percent: changePercent(price, base, PERCENT_DECIMALS),
    ...(window !== undefined && { window_sessions: window }),
    ...(alert.kind === 'within' && { window_minutes: alert.minutes }),
    fired_at: isoOf(firedAt),
    ...(withdrawnAt !== undefined && { withdrawn_at: isoOf(withdrawnAt) }),
  };
};
