import { closeSource } from '../market/speakers.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { enqueuePlan } from '../outbox/enqueue.ts';
import { headlineFirst } from '../slides/alert-kinds.ts';
import { enqueueWithdrawalEdits } from '../store/edits.ts';
import type { Db } from '../store/store.ts';
import { writeStory } from '../store/stories.ts';
import { withdrawAlerts } from '../store/withdrawals.ts';
import type { WithdrawalStory } from '../stories/withdrawal-story.ts';
import type { FalseAlerts } from './find-withdrawn.ts';
import type { WatchParts } from './watch-parts.ts';

/** False alerts of one symbol. */
export interface Withdrawal extends FalseAlerts {
  readonly watched: Watched;
}

/** Takes alerts back, in the transaction that saves the prices which show that they were false. */
export const enqueueWithdrawal = async (
  db: Db,
  parts: WatchParts,
  { watched, session, cause, close, told }: Withdrawal,
  now: number,
): Promise<void> => {
  const { symbol, name } = watched;
  const alerts = told.map(({ alert }) => alert).toSorted(headlineFirst);
  const ids = told.map(({ id }) => id);
  const of = await withdrawAlerts(db, ids, { symbol, session, alerts }, now);
  const story: WithdrawalStory = {
    kind: 'withdrawal',
    symbol,
    name,
    unit: unitOf(watched),
    session,
    alerts,
    cause,
    ...(close && { close }),
    source: closeSource(parts.source, symbol),
    at: now,
  };
  await enqueueWithdrawalEdits(db, of, now);
  const id = await writeStory(db, story, now);
  await enqueuePlan(db, parts, { kind: 'withdrawal', symbol, of, story: id }, { now, dueAt: now });
};
