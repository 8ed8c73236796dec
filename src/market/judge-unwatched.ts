import type { Bar } from './bar.ts';
import type { Calendar, SessionDate } from './calendar.ts';
import { isRowUsable } from './judge-history.ts';
import { freshMemory, judgeQuote, type QuoteContext } from './judge-quote.ts';
import { judgeFirstHistory } from './judge-whole-history.ts';
import type { PriceMemory } from './price-memory.ts';
import type { Quote, RawQuote } from './quote.ts';
import type { History } from './source.ts';

/** The closes of a first download that may be used, and what is not settled about them, in a few fixed words. */
export interface UsableBars {
  readonly bars: readonly Bar[];
  readonly question?: string;
}

/**
 * The bars up to the final session `until` that a watched symbol's first download would give. What stands before a step
 * that may be a split counts in another unit, and is left out. None if the rows are of two units. Pure.
 */
export const usableBars = ({ bars, splits }: History, until: SessionDate, calendar: Calendar): UsableBars => {
  let rest: readonly Bar[] = bars.filter((bar) => bar.session <= until && isRowUsable(bar, calendar));
  let question: string | undefined;
  for (;;) {
    const verdict = judgeFirstHistory(rest, splits);
    const [waiting] = verdict.waiting;
    question ??= waiting?.because;
    const asked = question === undefined ? {} : { question };
    if (verdict.kind === 'waits') return { bars: [], ...asked };
    if (verdict.kind === 'taken') return { bars: verdict.bars, ...asked };
    rest = verdict.bars.filter(({ session }) => session >= (waiting?.session ?? ''));
  }
};

/** A quote that may be shown, or what is open about it; and what is remembered for the next one. */
export interface UnwatchedVerdict {
  readonly memory: PriceMemory;
  readonly quote?: Quote;
  readonly question?: string;
}

/**
 * Judges a quote by the last close. Its trade may be older than a watched symbol's, because the card names its time. One
 * that is no newer than the last close adds nothing, and leaves nothing open. Pure.
 */
export const judgeUnwatched = (
  raw: RawQuote,
  { kind, bars, memory, calendar, now }: Pick<QuoteContext, 'kind' | 'bars' | 'memory' | 'calendar' | 'now'>,
): UnwatchedVerdict => {
  const last = bars.at(-1);
  const believed = last && {
    price: last.close,
    session: last.session,
    tradeTime: calendar.hours(last.session)?.close ?? 0,
  };
  const context = { kind, bars, believed, calendar, memory: freshMemory(memory, now) };
  let verdict = judgeQuote(raw, { ...context, now });
  if ('refusal' in verdict && verdict.refusal === 'stale' && raw.tradeTime !== null && raw.tradeTime < now)
    verdict = judgeQuote(raw, { ...context, now: raw.tradeTime });
  const { memory: remembered } = verdict;
  if ('refusal' in verdict)
    return { memory: remembered, ...(verdict.refusal !== 'not newer' && { question: verdict.refusal }) };
  return verdict.factor === undefined
    ? { memory: remembered, quote: verdict.quote }
    : { memory: remembered, question: 'unit in doubt' };
};
