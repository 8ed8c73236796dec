import { changePercent } from '../../i18n/percent.ts';
import { fromMicros, type Micros } from '../../market/money.ts';
import { YEAR_SESSIONS } from '../../slides/machine.ts';
import type { Standing } from '../board-view.ts';
import { isoOf, PERCENT_DECIMALS } from './alert-answer.ts';
import type { ApiStanding } from './answer-schemas.ts';

const measured = ({ price, previous, peak, sessionsSincePeak = 0 }: Standing & { readonly price: Micros }) => {
  const change = (base: Micros): number => changePercent(price, base, PERCENT_DECIMALS);
  return {
    price: fromMicros(price),
    ...(previous !== undefined && {
      day: { previous_close: fromMicros(previous), change_percent: change(previous) },
    }),
    ...(peak !== undefined && {
      drawdown: {
        window_sessions: YEAR_SESSIONS,
        peak: fromMicros(peak),
        sessions_since_peak: sessionsSincePeak,
        change_percent: change(peak),
      },
    }),
  } as const;
};

/** A watched symbol for programs. */
export const standingAnswer = (standing: Standing): ApiStanding => {
  const { symbol, name, unit, price, at, session, isClose, levels, problem } = standing;
  return {
    ...{ symbol, name: name.en, unit },
    ...(price !== undefined && measured({ ...standing, price })),
    ...(at !== undefined && { at: isoOf(at) }),
    ...(session !== undefined && { session }),
    ...(isClose !== undefined && { is_close: isClose }),
    levels: levels.map(({ kind, window, level, hasFired }) => ({
      kind,
      ...(window !== undefined && { window_sessions: window }),
      level_percent: level / 100,
      has_fired: hasFired,
    })),
    ...(problem !== undefined && { problem }),
  };
};
