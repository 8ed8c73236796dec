import type { Fact, Subject } from '../facts/fact.ts';
import type { Proposal } from '../facts/proposals/proposal.ts';
import { addFiledFacts } from './filed-facts.ts';
import type { ProposalState } from './schema.ts';
import type { Db } from './store.ts';

/** A proposal and what became of it. */
export interface StoredProposal extends Proposal {
  readonly id: number;
  readonly state: ProposalState;
  /** Epoch milliseconds. */
  readonly proposedAt: number;
  /** Who decided, and when (epoch milliseconds); absent while it is open. */
  readonly decided?: { readonly by: string; readonly at: number };
}

/** Proposals, oldest first: all, those in a state, or those of a subject. */
export const readProposals = async (
  db: Db,
  { state, subject }: { readonly state?: ProposalState; readonly subject?: Subject } = {},
): Promise<StoredProposal[]> => {
  let all = db.selectFrom('proposals').selectAll().orderBy('id');
  if (state !== undefined) all = all.where('state', '=', state);
  if (subject !== undefined) all = all.where('subject', '=', subject);
  const rows = await all.execute();
  return rows.map((row) => ({
    ...(JSON.parse(row.body) as Proposal),
    id: row.id,
    state: row.state,
    proposedAt: row.proposed_at,
    ...(row.decided_at !== null && { decided: { by: row.decided_by ?? '', at: row.decided_at } }),
  }));
};

export const addProposals = async (db: Db, proposals: readonly Proposal[], now: number): Promise<void> => {
  if (proposals.length === 0) return;
  const rows = proposals.map((it) => ({
    subject: it.fact.subject,
    body: JSON.stringify(it),
    state: 'open' as const,
    proposed_at: now,
    decided_at: null,
    decided_by: null,
  }));
  await db.insertInto('proposals').values(rows).execute();
};

/**
 * Decides an open proposal. An accepted one becomes the fact that is handed over; do it in a transaction. False if it is
 * not open any more; then nothing is written.
 */
export const decideProposal = async (
  db: Db,
  { id, sentence }: Pick<StoredProposal, 'id' | 'sentence'>,
  { by, at, accepted }: { readonly by: string; readonly at: number; readonly accepted?: Fact },
): Promise<boolean> => {
  const state: ProposalState = accepted ? 'accepted' : 'rejected';
  const { numUpdatedRows } = await db
    .updateTable('proposals')
    .set({
      ...{ state, decided_at: at, decided_by: by },
      ...(accepted && { body: JSON.stringify({ fact: accepted, sentence } satisfies Proposal), is_news: 1 }),
    })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (Number(numUpdatedRows) !== 1) return false;
  if (accepted) await addFiledFacts(db, [accepted], at);
  return true;
};

/** Ids of accepted proposals that are still to be looked at for what they change on the bill. */
export const newlyAccepted = async (db: Db): Promise<number[]> => {
  const rows = await db.selectFrom('proposals').select('id').where('is_news', '=', 1).orderBy('id').execute();
  return rows.map(({ id }) => id);
};

/** Notes that an accepted proposal was looked at. */
export const noteLookedAt = async (db: Db, id: number): Promise<void> => {
  await db.updateTable('proposals').set({ is_news: 0 }).where('id', '=', id).execute();
};
