import type { SlideState } from '../slides/state.ts';
import type { Db } from './store.ts';

interface SavedState {
  readonly state: SlideState;
  /** Key of the rules under which the state was folded. */
  readonly rules: string;
}

/** All states, by symbol. */
export const readStates = async (db: Db): Promise<Map<string, SavedState>> => {
  const rows = await db.selectFrom('slide_states').select(['symbol', 'body', 'rules']).execute();
  return new Map(rows.map(({ symbol, body, rules }) => [symbol, { state: JSON.parse(body) as SlideState, rules }]));
};

export const writeState = async (db: Db, symbol: string, { state, rules }: SavedState, now: number) => {
  const row = { body: JSON.stringify(state), rules, updated_at: now };
  await db
    .insertInto('slide_states')
    .values({ symbol, ...row })
    .onConflict((on) => on.column('symbol').doUpdateSet(row))
    .execute();
};
