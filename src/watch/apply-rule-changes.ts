import { setImmediate } from 'node:timers/promises';
import { migrateState } from '../slides/migrate-state.ts';
import type { SlideState } from '../slides/state.ts';
import type { WatchParts } from './watch-parts.ts';
import { observationOf, type SymbolRules, saveState, symbolRulesOf, type WatchState } from './watch-state.ts';

/**
 * Migrates the states of symbols whose rules have changed since the last poll, without alerts. A new symbol has no
 * state yet and starts as on a first start.
 * @throws StoreError
 */
export const applyRuleChanges = async (parts: WatchParts, memory: WatchState, now: number): Promise<void> => {
  const { watchlist, rules, calendar, store } = parts;
  const migrated: { readonly changed: SymbolRules; readonly state: SlideState }[] = [];
  for (const watched of watchlist.symbols.values()) {
    const { symbol } = watched;
    const before = memory.symbolRules.get(symbol);
    const changed = symbolRulesOf(rules, watched);
    if (before?.watched === watched && before.watch.rules === changed.watch.rules) continue;
    const state = memory.states.get(symbol);
    if (before?.watched !== watched || !state) {
      memory.symbolRules.set(symbol, changed);
      continue;
    }
    const last = memory.quotes.get(symbol);
    const quote = last && observationOf(calendar, last);
    migrated.push({
      changed,
      state: migrateState(before.watch, changed.watch, symbol, memory.histories.bars(symbol), state, quote),
    });
    // Folding fifty years of closes takes a while.
    await setImmediate();
  }
  if (migrated.length === 0) return;
  await store.transaction(async (db) => {
    for (const { changed, state } of migrated) await saveState(db, changed, state, now);
  });
  for (const { changed, state } of migrated) {
    memory.symbolRules.set(changed.watched.symbol, changed);
    memory.states.set(changed.watched.symbol, state);
  }
};
