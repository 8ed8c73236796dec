import { justReported } from '../../facts/just-reported.ts';
import { type RelatedFigures, relatedFigures } from '../../facts/related-figures.ts';
import type { AfterHoursQuote } from '../../market/quote.ts';
import type { Watched } from '../../market/watchlist.ts';
import { enqueuePlan } from '../../outbox/enqueue.ts';
import { deepenAfterHours, type ToldAfterHours, writeAfterHours } from '../../store/after-hours.ts';
import { enqueueStoryEdits } from '../../store/edits.ts';
import { writeStory } from '../../store/stories.ts';
import type { AfterHoursStory } from '../../stories/after-hours-story.ts';
import type { WatchParts } from '../watch-parts.ts';
import type { Trade } from './confirmed-fall.ts';

/** The figures beside a fall, without those that the company has just reported. */
const without = (beside: RelatedFigures, reported: AfterHoursStory['reported']): RelatedFigures => {
  const told = new Set(reported.map(({ shown }) => shown.fact.id));
  const others = (list: RelatedFigures['bill']) => list.filter(({ fact }) => !told.has(fact.id));
  return { ...beside, bill: others(beside.bill), return: others(beside.return) };
};

/** Now, and the next opening bell, at which a card about the evening before is not worth posting any more. */
export interface TellTimes {
  readonly now: number;
  readonly opensAt: number;
}

/** A fall after the bell of a session that is to be told. */
export interface AfterHoursFall extends Pick<AfterHoursStory, 'session' | 'results'> {
  readonly watched: Watched;
  /** The quote of its last trade. */
  readonly quote: AfterHoursQuote;
}

/** Enqueues the card of a fall after the bell and notes that it is told, in one transaction. @throws StoreError */
export const tellFall = async (
  parts: WatchParts,
  { watched, quote, session, results }: AfterHoursFall,
  { now, opensAt }: TellTimes,
): Promise<ToldAfterHours> => {
  const { symbol, name } = watched;
  const { close, price, tradeTime, delayMinutes, source } = quote;
  const ledger = parts.ledger();
  const reported = justReported(ledger, symbol, session, tradeTime);
  const story: AfterHoursStory = {
    kind: 'after-hours',
    ...{ symbol, name, session, close, price, observedAt: tradeTime, delayMinutes, source },
    ...(results && { results }),
    reported,
    beside: without(relatedFigures(ledger, parts.companies, symbol, tradeTime), reported),
  };
  return parts.store.transaction(async (db) => {
    const id = await writeStory(db, story, now);
    const told = { symbol, session, story: id, close, price, tradeTime };
    await writeAfterHours(db, told);
    const plan = { kind: 'all', of: 'after-hours', symbol, story: id } as const;
    await enqueuePlan(db, parts, plan, { now, dueAt: now, expiresAt: opensAt });
    return told;
  });
};

/** Notes how much deeper a fall that is told has gone, and owes its cards an edit, in one transaction. @throws StoreError */
export const tellDeeper = async (
  { store, ledger }: WatchParts,
  told: ToldAfterHours,
  { price, tradeTime }: Trade,
  { now, opensAt }: TellTimes,
): Promise<ToldAfterHours> => {
  const { symbol, session } = told;
  const known = new Set(justReported(ledger(), symbol, session, told.tradeTime).map(({ shown }) => shown.fact.id));
  const reported = justReported(ledger(), symbol, session, tradeTime).filter(({ shown }) => !known.has(shown.fact.id));
  const deeper = { price, tradeTime, reported };
  await store.transaction(async (db) => {
    await deepenAfterHours(db, told, deeper);
    await enqueueStoryEdits(db, [told.story], { now, lifeMs: opensAt - now });
  });
  return { ...told, deeper };
};
