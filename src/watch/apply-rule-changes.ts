import { setImmediate } from 'node:timers/promises';
import { migrateState } from '../slides/migrate-state.ts';
import type { SlideState } from '../slides/state.ts';
import type { WatchParts } from './watch-parts.ts';
import { observationOf, type SymbolRules, saveState, symbolRulesOf, type WatchState } from './watch-state.ts';

/**
 * Takes over what channels have changed since the last look at the market: the states of symbols whose rules are others
 * now adopt them in silence. A symbol that is new has no state yet, and begins as at a first start.
 * @throws StoreError
 */
export const applyRuleChanges = async (parts: WatchParts, memory: WatchState, now: number): Promise<void> => {
  const { watchlist, rules, calendar, store } = parts;
  const adopted: { readonly standing: SymbolRules; readonly state: SlideState }[] = [];
  for (const watched of watchlist.symbols.values()) {
    const { symbol } = watched;
    const before = memory.symbolRules.get(symbol);
    const standing = symbolRulesOf(rules, watched);
    if (before?.watched === watched && before.watch.rules === standing.watch.rules) continue;
    const state = memory.states.get(symbol);
    if (before?.watched !== watched || !state) {
      memory.symbolRules.set(symbol, standing);
      continue;
    }
    const last = memory.quotes.get(symbol);
    const quote = last && observationOf(calendar, last);
    adopted.push({
      standing,
      state: migrateState(before.watch, standing.watch, symbol, memory.histories.bars(symbol), state, quote),
    });
    // Half a century of closes takes a while to fold.
    await setImmediate();
  }
  if (adopted.length === 0) return;
  const changed = { ...memory, standings: new Map(adopted.map(({ standing }) => [standing.watched.symbol, standing])) };
  await store.transaction(async (db) => {
    for (const { standing, state } of adopted) await saveState(db, changed, standing.watched.symbol, state, now);
  });
  for (const { standing, state } of adopted) {
    memory.symbolRules.set(standing.watched.symbol, standing);
    memory.states.set(standing.watched.symbol, state);
  }
};
