import { fromMicros, type Micros } from '../../market/money.ts';
import type { Alert } from '../../stories/alert.ts';
import type { SlideStory } from '../../stories/slide-story.ts';
import type { AlertData, SlideData } from './event.ts';

const percent = (basisPoints: number): number => basisPoints / 100;

const from = (price: Micros, session?: string) => ({
  from_price: fromMicros(price),
  ...(session !== undefined && { from_session: session }),
});

const alertData = (alert: Alert): AlertData => {
  const { kind } = alert;
  switch (kind) {
    case 'drawdown': {
      const { level, window, peak, peakSession } = alert;
      return { kind, level_percent: percent(level), window_sessions: window, ...from(peak, peakSession) };
    }
    case 'value': {
      const { level, window, peak, peakSession } = alert;
      return { kind, level_usd_billions: level, window_sessions: window, ...from(peak, peakSession) };
    }
    case 'rise': {
      const { level, window, low, lowSession } = alert;
      return { kind, level_percent: percent(level), window_sessions: window, ...from(low, lowSession) };
    }
    case 'day':
    case 'day-rise':
      return { kind, level_percent: percent(alert.level), ...from(alert.previous) };
    case 'within':
      return { kind, level_percent: percent(alert.level), window_minutes: alert.minutes, ...from(alert.high) };
    case 'price':
      return { kind, side: alert.side, level_price: fromMicros(alert.level) };
  }
};

/** A slide as numbers: prices in decimals, levels in percent, times in ISO. */
export const slideData = (story: SlideStory): SlideData => {
  const { symbol, name, price, unit, session, observedAt, final, late, day, peak, alerts } = story;
  return {
    ...{ symbol, name: name.en, price: fromMicros(price), unit, session, final, late },
    observed_at: new Date(observedAt).toISOString(),
    ...(day && { previous_close: fromMicros(day.previous) }),
    ...(peak && { peak: { price: fromMicros(peak.price), session: peak.session } }),
    alerts: alerts.map(alertData),
  };
};
