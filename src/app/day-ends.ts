import type { Calendar } from '../market/calendar.ts';
import type { Histories } from '../market/history.ts';
import type { Watchlist } from '../market/watchlist.ts';
import type { DayEndOf } from '../stories/day-end.ts';

/** How sessions ended, by the final closes that the watcher has; nothing of closes that only quotes have said. */
export const dayEnds =
  ({ symbols }: Pick<Watchlist, 'symbols'>, calendar: Calendar, histories: Histories): DayEndOf =>
  (symbol, session) => {
    const bars = histories.bars(symbol);
    const at = bars.findLastIndex((bar) => bar.session === session);
    const [bar, before] = [bars[at], bars[at - 1]];
    if (!bar || bar.origin !== undefined || before?.session !== calendar.previous(session)) return undefined;
    const isSum = symbols.get(symbol)?.sumOf !== undefined;
    return { close: bar.close, previous: before.close, ...(!isSum && { low: bar.low }) };
  };
