import type { Bar } from '../market/bar.ts';
import type { Calendar } from '../market/calendar.ts';
import { newYorkClock } from '../market/exchange-time.ts';
import { firstHole } from '../market/holes.ts';
import { fromMicros } from '../market/money.ts';
import type { DoubtReason, PriceMemory } from '../market/price-memory.ts';

const DOUBTS: Readonly<Record<DoubtReason, string>> = {
  'previous close': 'the unit of its prices is in doubt, and its history is asked for until it follows',
  'split told': 'a split is told that its prices do not follow, and its history is asked for until it does',
  'first history': 'its first history is in doubt; until another answer agrees, only falls of a day are told',
};

/** "2025-06-02 09:31 New York" */
const since = (at: number): string => {
  const local = newYorkClock(at).toPlainDateTime();
  return `${local.toString({ smallestUnit: 'minute' }).replace('T', ' ')} New York`;
};

/** What is not settled about the prices of a symbol, one sentence each: a doubt, a jump that waits, a session without a close. */
export const openPrices = (
  { doubt, jump }: Pick<PriceMemory, 'doubt' | 'jump'>,
  bars: readonly Bar[],
  calendar: Calendar,
): string[] => {
  const hole = firstHole(bars, calendar);
  return [
    ...(doubt ? [`since ${since(doubt.since)}, ${DOUBTS[doubt.reason]}`] : []),
    ...(jump
      ? [`since ${since(jump.since)}, a jump to ${fromMicros(jump.price).toFixed(2)} waits for confirmation`]
      : []),
    ...(hole === undefined ? [] : [`its history lacks the close of ${hole}, which is asked for each session`]),
  ];
};
