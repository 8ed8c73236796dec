import { TOGETHER_MS } from '../delivery/batch.ts';
import { besideOf } from '../facts/beside.ts';
import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Quote } from '../market/quote.ts';
import type { Watched } from '../market/watchlist.ts';
import type { Alert } from '../slides/alert.ts';
import type { DayChange, SlideStory } from '../slides/story.ts';
import { tell } from '../slides/tell.ts';
import { enqueueSlide } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { type WatchMemory, watchOf } from './memory.ts';
import type { WatchParts } from './watch-parts.ts';

/** One observation that raised alerts. */
export interface Raised {
  readonly watched: Watched;
  readonly alerts: readonly Alert[];
  /** Alerts of earlier observations of the same pass that this one's card speaks for. */
  readonly earlier?: readonly Alert[];
  readonly quote: Pick<Quote, 'price' | 'session' | 'tradeTime' | 'delayMinutes' | 'source'>;
  readonly final: boolean;
  readonly late: boolean;
  readonly before: readonly Bar[];
}

/** The observations of one pass that raised alerts, and all symbols' last quotes then. */
export interface Pass {
  readonly raised: readonly Raised[];
  readonly quotes: ReadonlyMap<string, Quote>;
}

/** The day's change of every symbol of config that has one in `session`: its final close, or its quote. */
const marketOf = (
  { watchlist }: WatchParts,
  { histories }: WatchMemory,
  quotes: Pass['quotes'],
  session: SessionDate,
): DayChange[] =>
  [...watchlist.symbols.values()].flatMap(({ symbol, sumOf, custom }) => {
    // What one channel watches beside the watchlist is none of the others' business.
    if (sumOf || custom) return [];
    const bars = histories.bars(symbol);
    const at = bars.findLastIndex((bar) => bar.session <= session);
    const own = bars[at]?.session === session;
    const quote = quotes.get(symbol);
    const price = own ? bars[at]?.close : quote?.session === session ? quote.price : undefined;
    const previous = bars[own ? at - 1 : at]?.close;
    return price === undefined || previous === undefined ? [] : [{ symbol, price, previous }];
  });

/** What happened and what was known of the bill at that instant, as a story. */
const storyOf = (parts: WatchParts, memory: WatchMemory, quotes: Pass['quotes'], raised: Raised): SlideStory => {
  const { watched, quote } = raised;
  const shares = memory.histories.shares(watched.symbol);
  return tell({
    ...raised,
    dayLevel: watchOf(parts.watchlist, watched).rules.day[0] ?? 0,
    ...(shares !== undefined && { shares }),
    market: marketOf(parts, memory, quotes, quote.session),
    beside: besideOf(parts.ledger(), parts.relations, watched.symbol, quote.tradeTime),
  });
};

/** Puts the cards of a pass into the outbox, in the transaction that saves the states which raised them. */
export const enqueueAll = async (
  db: Db,
  parts: WatchParts,
  memory: WatchMemory,
  { raised, quotes }: Pass,
  now: number,
): Promise<void> => {
  for (const it of raised) {
    const story = storyOf(parts, memory, quotes, it);
    await enqueueSlide(db, story, [...it.alerts, ...(it.earlier ?? [])], { now, dueAt: now + TOGETHER_MS });
  }
};

/** After the commit: says what was raised. */
export const report = (parts: WatchParts, raised: readonly Raised[]): void => {
  for (const { alerts, earlier = [], late, watched } of raised)
    for (const alert of [...alerts, ...earlier]) {
      parts.onAlert?.(alert.kind);
      const { kind, level, session } = alert;
      parts.log.info({ symbol: watched.symbol, kind, level, session, late }, 'slide');
    }
};
