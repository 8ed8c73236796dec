import { setImmediate } from 'node:timers/promises';
import { relatedFigures } from '../facts/related-figures.ts';
import { comingReports, nextReport, type ReportDay } from '../facts/report-day.ts';
import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Quote } from '../market/quote.ts';
import type { Watched } from '../market/watchlist.ts';
import { enqueuePlan } from '../outbox/enqueue.ts';
import { dayLevelOf } from '../outbox/plan-stories.ts';
import { draftSlideStory } from '../slides/build-slide-story.ts';
import { readAfterHours, type ToldAfterHours } from '../store/after-hours.ts';
import { writeAlerts } from '../store/alerts.ts';
import { readReportDays } from '../store/report-days.ts';
import type { Db } from '../store/store.ts';
import { writeStory } from '../store/stories.ts';
import type { Alert } from '../stories/alert.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import type { DayChange, SlideStory } from '../stories/slide-story.ts';
import { GATHER_MS } from '../stories/slide-window.ts';
import type { WatchParts } from './watch-parts.ts';
import type { WatchState } from './watch-state.ts';

/** The observation of one session, and the alerts that it raised, at least one. */
export interface AlertObservation {
  readonly alerts: readonly Alert[];
  readonly quote: Pick<Quote, 'price' | 'session' | 'tradeTime' | 'delayMinutes' | 'source'>;
  readonly final: boolean;
  readonly late: boolean;
  readonly before: readonly Bar[];
  /** Source's unit / ours, while the unit is in doubt; `before` is in the source's. */
  readonly unitFactor?: number;
}

/** Alerts raised by one observation, or by several closes that were missed. */
export interface RaisedAlerts {
  readonly watched: Watched;
  /** At least one; under the rules of all channels in one. */
  readonly alerts: readonly Alert[];
  /** By session: one, or several closes that were missed. */
  readonly observations: readonly AlertObservation[];
}

/** All alerts of one pass, with the last quotes of all symbols at that time. */
export interface PassAlerts {
  readonly raised: readonly RaisedAlerts[];
  readonly quotes: ReadonlyMap<string, Quote>;
}

/** The day's change in `session` of every symbol of the watchlist file: its final close, or its quote. */
const marketOf = (
  { watchlist, calendar }: WatchParts,
  { histories }: WatchState,
  quotes: PassAlerts['quotes'],
  session: SessionDate,
): DayChange[] =>
  [...watchlist.symbols.values()].flatMap(({ symbol, kind, sumOf, custom }) => {
    // Custom symbols are private to the channels that added them.
    if (sumOf || custom) return [];
    const bars = histories.bars(symbol);
    const at = bars.findLastIndex((bar) => bar.session <= session);
    const isFinal = bars[at]?.session === session;
    const quote = quotes.get(symbol);
    const price = isFinal ? bars[at]?.close : quote?.session === session ? quote.price : undefined;
    const before = bars[isFinal ? at - 1 : at];
    const previousSession = calendar.knownPrevious(session);
    if (price === undefined || !before || (previousSession !== undefined && before.session !== previousSession))
      return [];
    return [{ symbol, price, previous: before.close, ...(kind === 'index' && { unit: 'points' as const }) }];
  });

/** Data that all stories of a pass share. */
interface StoryContext {
  readonly quotes: PassAlerts['quotes'];
  readonly reports: readonly ReportDay[];
  /** By session: falls after the bell of the one before it, by symbol. */
  readonly evenings: ReadonlyMap<SessionDate, ReadonlyMap<string, ToldAfterHours>>;
}

/** By session, what was told of the evening before, of the sessions of these observations. */
const eveningsBefore = async (
  db: Db,
  { calendar }: WatchParts,
  raised: PassAlerts['raised'],
): Promise<StoryContext['evenings']> => {
  const evenings = new Map<SessionDate, ReadonlyMap<string, ToldAfterHours>>();
  for (const { quote } of raised.flatMap(({ observations }) => observations)) {
    const before = calendar.knownPrevious(quote.session);
    if (before !== undefined && !evenings.has(quote.session))
      evenings.set(quote.session, await readAfterHours(db, before));
  }
  return evenings;
};

const afterHoursOf = (told: ToldAfterHours | undefined): Pick<SlideStory, 'afterHours'> => {
  if (!told) return {};
  const { session, close } = told;
  const { price, tradeTime } = told.deeper ?? told;
  return { afterHours: { session, close, price, tradeTime } };
};

/** Drafts the story of an observation, with the figures known at that instant. */
const draftOf = (
  parts: WatchParts,
  memory: WatchState,
  { quotes, reports, evenings }: StoryContext,
  watched: Watched,
  observation: AlertObservation,
): SlideStory => {
  const { quote } = observation;
  const ledger = parts.ledger();
  const coming = comingReports(reports, ledger, quote.session, quote.tradeTime);
  const next = nextReport(coming, parts.companies, watched.symbol, quote.tradeTime);
  const shares = memory.histories.shares(watched.symbol);
  const previous = parts.calendar.knownPrevious(quote.session);
  const draft = draftSlideStory({
    watched,
    ...observation,
    isPreviousMissing: previous !== undefined && observation.before.at(-1)?.session !== previous,
    alerts: observation.alerts.map(({ above: _, ...alert }) => alert),
    dayLevel: dayLevelOf(parts.watchlist, watched.symbol),
    ...(shares !== undefined && { shares }),
    market: marketOf(parts, memory, quotes, quote.session),
    ...(parts.companies.index !== undefined && { index: parts.companies.index }),
    together: [...parts.watchlist.symbols.keys()].filter((symbol) => parts.companies.together.has(symbol)),
    beside: relatedFigures(ledger, parts.companies, watched.symbol, quote.tradeTime),
    ...(next && { next }),
  });
  return { ...draft, ...afterHoursOf(evenings.get(quote.session)?.get(watched.symbol)) };
};

/** Enqueues the cards of a pass, in the transaction that saves the states that raised them. */
export const enqueueAlerts = async (
  db: Db,
  parts: WatchParts,
  memory: WatchState,
  { raised, quotes }: PassAlerts,
  now: number,
): Promise<void> => {
  const reports = raised.length === 0 ? [] : ((await readReportDays(db, now)) ?? []);
  const evenings = await eveningsBefore(db, parts, raised);
  for (const { watched, alerts, observations } of raised) {
    const { symbol } = watched;
    const drafts: Record<SessionDate, number> = {};
    for (const observation of observations) {
      const draft = draftOf(parts, memory, { quotes, reports, evenings }, watched, observation);
      const id = await writeStory(db, draft, now);
      await writeAlerts(db, id, observation.alerts, now);
      drafts[observation.quote.session] = id;
    }
    const times = { now, dueAt: now + GATHER_MS };
    await enqueuePlan(db, parts, { kind: 'slide', symbol, alerts, drafts, stories: {} }, times);
    // Many symbols may fall at once, each with many channels: let other work run in between.
    await setImmediate();
  }
};

/** Enqueues the card of a recovery, in the transaction that saves the state in which the fall has ended. */
export const enqueueRecovery = async (db: Db, parts: WatchParts, story: RecoveryStory, now: number): Promise<void> => {
  const { symbol, level } = story;
  const id = await writeStory(db, story, now);
  await enqueuePlan(db, parts, { kind: 'recovery', symbol, level, story: id }, { now, dueAt: now });
};

/** Logs and counts the raised alerts. Call it after the commit. */
export const logAlerts = (parts: WatchParts, raised: readonly RaisedAlerts[]): void => {
  for (const { observations, watched } of raised)
    for (const { alerts, late } of observations)
      for (const { kind, level, session } of alerts) {
        parts.onAlert?.(kind);
        parts.log.info({ symbol: watched.symbol, kind, level, session, late }, 'slide');
      }
};
