import { paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

/** The symbols that settings (a ChannelSettings as JSON) add to the watchlist. */
const addedBy = (settings: string | null): readonly string[] =>
  settings === null ? [] : ((JSON.parse(settings) as { also?: readonly string[] }).also ?? []);

/** Replaces the custom symbols of a channel by those of its settings: call it in the transaction that writes them. */
export const writeChannelSymbols = async (db: Db, channelId: number, settings: string | null): Promise<void> => {
  await db.deleteFrom('channel_symbols').where('channel_id', '=', channelId).execute();
  const symbols = addedBy(settings);
  if (symbols.length === 0) return;
  await db
    .insertInto('channel_symbols')
    .values(paddedIds(symbols).map((symbol) => ({ channel_id: channelId, symbol })))
    .onConflict((on) => on.doNothing())
    .execute();
};

/** Whether any channel, in use or not, has added the symbol. */
export const isSymbolAdded = async (db: Db, symbol: string): Promise<boolean> =>
  (await db
    .selectFrom('channel_symbols')
    .select('channel_id')
    .where('symbol', '=', symbol)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Custom symbols that the channels in use of a server or workspace watch, or one channel that has neither. */
export const symbolsAddedIn = async (
  db: Db,
  { id, platform, workspace }: { readonly id: number; readonly platform: string; readonly workspace: string | null },
): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('channel_symbols as s')
    .innerJoin('channels as c', 'c.id', 's.channel_id')
    .where('c.status', '=', 'in-use')
    .$if(workspace === null, (all) => all.where('c.id', '=', id))
    .$if(workspace !== null, (all) => all.where('c.platform', '=', platform).where('c.workspace', '=', workspace))
    .select('s.symbol')
    .distinct()
    .execute();
  return new Set(rows.map(({ symbol }) => symbol));
};
