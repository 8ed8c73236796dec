import type { Bar } from './bar.ts';
import type { Calendar, SessionDate } from './calendar.ts';

/** Sessions in which a missing bar is looked for. */
const LOOKED_AT = 252;

const known = new WeakMap<readonly Bar[], SessionDate | undefined>();

const find = (bars: readonly Bar[], calendar: Calendar): SessionDate | undefined => {
  for (let at = Math.max(1, bars.length - LOOKED_AT); at < bars.length; at += 1) {
    const before = bars[at - 1]?.session ?? '';
    const session = bars[at]?.session ?? '';
    if (!calendar.covers(before)) continue;
    const next = calendar.next(before);
    if (next < session) return next;
  }
  return undefined;
};

/** The first session of the last year without a bar, before the last bar; undefined for none. */
export const firstHole = (bars: readonly Bar[], calendar: Calendar): SessionDate | undefined => {
  if (!known.has(bars)) known.set(bars, find(bars, calendar));
  return known.get(bars);
};
