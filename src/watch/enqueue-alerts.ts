import { setImmediate } from 'node:timers/promises';
import { relatedFigures } from '../facts/related-figures.ts';
import { comingReports, nextReport, type ReportDay } from '../facts/report-day.ts';
import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Quote } from '../market/quote.ts';
import type { Watched } from '../market/watchlist.ts';
import { enqueuePlan } from '../outbox/enqueue.ts';
import { matchKey, matchLevels } from '../outbox/matching-levels.ts';
import { buildSlideStory } from '../slides/build-slide-story.ts';
import { writeAlerts } from '../store/alerts.ts';
import { ROLLUP_WINDOW_MS } from '../store/outbox.ts';
import { readReportDays } from '../store/report-days.ts';
import type { Db } from '../store/store.ts';
import { writeStory } from '../store/stories.ts';
import type { Alert } from '../stories/alert.ts';
import type { DayChange, SlideStory } from '../stories/slide-story.ts';
import type { WatchParts } from './watch-parts.ts';
import type { WatchState } from './watch-state.ts';

/** The observation that a card tells of, and those of its alerts that it tells. */
export interface AlertObservation {
  readonly alerts: readonly Alert[];
  readonly quote: Pick<Quote, 'price' | 'session' | 'tradeTime' | 'delayMinutes' | 'source'>;
  readonly final: boolean;
  readonly late: boolean;
  readonly before: readonly Bar[];
}

/** What an observation has raised, or several that were missed. */
export interface Raised {
  readonly watched: Watched;
  /** Never empty; for the rules of all channels together. */
  readonly alerts: readonly Alert[];
  /** What a card for those who are told these alerts tells of. */
  seen(told: readonly Alert[]): AlertObservation;
}

/** What one pass has raised, and all symbols' last quotes then. */
export interface Pass {
  readonly raised: readonly Raised[];
  readonly quotes: ReadonlyMap<string, Quote>;
}

/** The day's change of every symbol of config that has one in `session`: its final close, or its quote. */
const marketOf = (
  { watchlist }: WatchParts,
  { histories }: WatchState,
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

/** What a story is told among: all symbols' last quotes, and when the companies report. */
interface StoryContext {
  readonly quotes: Pass['quotes'];
  readonly reports: readonly ReportDay[];
}

/** What happened and what was known of the bill at that instant, as a story. */
const storyOf = (
  parts: WatchParts,
  memory: WatchState,
  { quotes, reports }: StoryContext,
  watched: Watched,
  seen: AlertObservation,
): SlideStory => {
  const { quote } = seen;
  const ledger = parts.ledger();
  const coming = comingReports(reports, ledger, quote.session, quote.tradeTime);
  const next = nextReport(coming, parts.relations, watched.symbol, quote.tradeTime);
  const shares = memory.histories.shares(watched.symbol);
  const days = seen.alerts.flatMap(({ kind, level }) => (kind === 'day' ? [level] : []));
  return buildSlideStory({
    watched,
    ...seen,
    dayLevel: Math.min(...parts.watchlist.rules[watched.kind].day, ...days),
    ...(shares !== undefined && { shares }),
    market: marketOf(parts, memory, quotes, quote.session),
    beside: relatedFigures(ledger, parts.relations, watched.symbol, quote.tradeTime),
    ...(next && { next }),
  });
};

/** What channels are told of these alerts, each set of them once: by the rules that there are, not by who has them. */
const setsOf = ({ rules }: WatchParts, symbol: string, alerts: readonly Alert[]): Map<string, Alert[]> => {
  const sets = new Map<string, Alert[]>();
  for (const profile of rules.profiles(symbol))
    for (const kinds of rules.kinds()) {
      const told = matchLevels(alerts, profile, kinds);
      if (told.length > 0) sets.set(matchKey(told), told);
    }
  return sets;
};

/** Puts the cards of a pass into the outbox, in the transaction that saves the states which raised them. */
export const enqueueAlerts = async (
  db: Db,
  parts: WatchParts,
  memory: WatchState,
  { raised, quotes }: Pass,
  now: number,
): Promise<void> => {
  const reports = raised.length === 0 ? [] : ((await readReportDays(db, now)) ?? []);
  for (const { watched, alerts, seen } of raised) {
    const { symbol } = watched;
    const stories: Record<string, number> = {};
    for (const [key, told] of setsOf(parts, symbol, alerts))
      stories[key] = await writeStory(db, storyOf(parts, memory, { quotes, reports }, watched, seen(told)), now);
    const [first] = Object.values(stories);
    if (first === undefined) continue;
    await writeAlerts(db, first, alerts, now);
    const times = { now, dueAt: now + ROLLUP_WINDOW_MS };
    await enqueuePlan(db, parts, { kind: 'slide', symbol, alerts, stories }, 'slide', times);
    // Many symbols may fall at once, each with its channels; what else is due has its turn in between.
    await setImmediate();
  }
};

/** After the commit: says what was raised. */
export const logAlerts = (parts: WatchParts, raised: readonly Raised[]): void => {
  for (const { alerts, seen, watched } of raised) {
    const { late } = seen(alerts);
    for (const alert of alerts) {
      parts.onAlert?.(alert.kind);
      const { kind, level, session } = alert;
      parts.log.info({ symbol: watched.symbol, kind, level, session, late }, 'slide');
    }
  }
};
