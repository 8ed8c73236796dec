import type { Selectable } from 'kysely';
import { abandon } from './deliveries.ts';
import { tryAgain } from './pauses.ts';
import type { ChannelRow } from './schema.ts';
import type { Db } from './store.ts';

/** A channel as it is stored. */
export type StoredChannel = Selectable<ChannelRow>;

export interface Opened {
  readonly platform: string;
  /** The platform's own id of the channel. */
  readonly address: string;
  readonly language: string;
  /** `env`, unless told. */
  readonly origin?: StoredChannel['origin'];
  readonly workspace?: string;
  readonly madeBy?: string;
  /** A ChannelSettings; null = nothing but defaults. */
  readonly settings?: string | null;
}

/** Makes sure that a channel is there and in use, with what is given; of one that was there the rest stays as it was. */
export const openChannel = async (db: Db, opened: Opened, now: number): Promise<StoredChannel> => {
  const { platform, address, language, origin, workspace, madeBy, settings } = opened;
  const given = {
    language,
    retired: null,
    paused: null,
    paused_at: null,
    person_told: 0,
    try_at: null,
    ...(origin !== undefined && { origin }),
    ...(workspace !== undefined && { workspace }),
    ...(madeBy !== undefined && { made_by: madeBy }),
    ...(settings !== undefined && { settings }),
  };
  await tryAgain(db, { platform, address }, now);
  return db
    .insertInto('channels')
    .values({ platform, address, created_at: now, ...given })
    .onConflict((on) => on.columns(['platform', 'address']).doUpdateSet(given))
    .returningAll()
    .executeTakeFirstOrThrow();
};

/** What stands in `retired` of a place that was greeted and is no destination: nothing is owed to it but that greeting. */
const GREETED = 'greeted; nobody has made it a destination yet';

/** Keeps a place that is greeted and that cards do not go to. */
export const openGreeted = async (db: Db, opened: Opened, now: number): Promise<StoredChannel> => {
  const { id } = await openChannel(db, opened, now);
  await retireChannel(db, id, GREETED);
  return db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
};

/** A platform, one server or workspace of it, or one channel. */
export interface Where {
  readonly platform: string;
  readonly workspace?: string;
  readonly address?: string;
}

const idsIn = (db: Db, { platform, workspace, address }: Where) =>
  db
    .selectFrom('channels')
    .select('channels.id')
    .where('channels.platform', '=', platform)
    .$if(address !== undefined, (rows) => rows.where('channels.address', '=', address ?? ''))
    .$if(address === undefined && workspace !== undefined, (rows) =>
      rows.where('channels.workspace', '=', workspace ?? ''),
    );

/** The channels there that are in use, and those that were greeted. */
export const channelsIn = (db: Db, where: Where): Promise<StoredChannel[]> =>
  db
    .selectFrom('channels')
    .selectAll()
    .where('id', 'in', idsIn(db, where))
    .where(({ or, eb }) => or([eb('retired', 'is', null), eb('retired', '=', GREETED)]))
    .orderBy('id')
    .execute();

/** True where a server or workspace has a channel in use, or was greeted and has not thrown us out since. */
export const isGreeted = async (db: Db, platform: string, workspace: string): Promise<boolean> =>
  (await channelsIn(db, { platform, workspace })).length > 0;

export const writeWorkspace = async (db: Db, id: number, workspace: string): Promise<void> => {
  await db.updateTable('channels').set({ workspace }).where('id', '=', id).execute();
};

/** The channel at a place, in use or not. */
export const channelAt = (db: Db, platform: string, address: string): Promise<StoredChannel | undefined> =>
  db
    .selectFrom('channels')
    .selectAll()
    .where('platform', '=', platform)
    .where('address', '=', address)
    .executeTakeFirst();

export const channelById = (db: Db, id: number): Promise<StoredChannel | undefined> =>
  db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();

/** Those in use of a platform, or of one server or workspace there, in the order they were made. */
export const channelsOf = (db: Db, platform: string, workspace?: string): Promise<StoredChannel[]> =>
  db
    .selectFrom('channels')
    .selectAll()
    .where('platform', '=', platform)
    .where('retired', 'is', null)
    .$if(workspace !== undefined, (rows) => rows.where('workspace', '=', workspace ?? ''))
    .orderBy('id')
    .execute();

/** How many channels in use have each text of settings. */
export const settingsInUse = async (
  db: Db,
): Promise<readonly { readonly settings: string | null; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('channels')
    .select(({ fn }) => ['settings', fn.countAll<number>().as('count')])
    .where('retired', 'is', null)
    .groupBy('settings')
    .execute();
  return rows.map(({ settings, count }) => ({ settings, count: Number(count) }));
};

/** The channels in use that have this text of settings. */
export const channelsWith = async (db: Db, settings: string): Promise<number[]> => {
  const rows = await db
    .selectFrom('channels')
    .select('id')
    .where('retired', 'is', null)
    .where('settings', '=', settings)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
};

/** Whether the settings of any channel, in use or not, name a symbol beside the watchlist. */
export const isNamed = async (db: Db, symbol: string): Promise<boolean> =>
  (await db
    .selectFrom('channels')
    .select('id')
    .where('settings', 'like', `%${JSON.stringify(symbol)}%`)
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const writeSettings = async (db: Db, id: number, settings: string | null): Promise<void> => {
  await db.updateTable('channels').set({ settings }).where('id', '=', id).execute();
};

export const writeLanguage = async (db: Db, id: number, language: string): Promise<void> => {
  await db.updateTable('channels').set({ language }).where('id', '=', id).execute();
};

/** Puts `language` in the place of those that are none of `languages`; says in which channels. */
export const mendLanguages = async (db: Db, languages: readonly string[], language: string): Promise<number[]> => {
  const mended = await db
    .updateTable('channels')
    .set({ language })
    .where('language', 'not in', languages)
    .returning('id')
    .execute();
  return mended.map(({ id }) => id);
};

/** What `retired` begins with for a channel that may come back by itself, alone or with its server or workspace. */
const AWAY = 'away: ';
const AWAY_ALL = 'away with all: ';

/** What stands in `retired` of a channel that may come back; `all`: with everything in its server or workspace. */
export const awayReason = (reason: string, all = false): string => `${all ? AWAY_ALL : AWAY}${reason}`;

/**
 * Takes channels into use again that were away: the one that is named, or those that went with their server or
 * workspace. Of the latter .env's own come back with .env. What they have set is as it was.
 */
export const returnChannels = async (
  db: Db,
  where: Where,
  now: number,
): Promise<readonly { readonly before: StoredChannel; readonly after: StoredChannel }[]> => {
  const { address } = where;
  const away = await db
    .selectFrom('channels')
    .selectAll()
    .where('id', 'in', idsIn(db, where))
    .where(({ or, eb }) =>
      or([
        eb('retired', 'like', `${AWAY_ALL}%`),
        ...(address === undefined ? [] : [eb('retired', 'like', `${AWAY}%`)]),
      ]),
    )
    .$if(address === undefined, (rows) => rows.where('origin', '!=', 'env'))
    .orderBy('id')
    .execute();
  const back: { before: StoredChannel; after: StoredChannel }[] = [];
  for (const before of away) {
    const { platform, address: at, language } = before;
    back.push({ before, after: await openChannel(db, { platform, address: at, language }, now) });
  }
  return back;
};

/** Ends a channel for good; nothing new is owed to it. Returns it as it was before. */
export const retireChannel = async (db: Db, id: number, reason: string): Promise<StoredChannel> => {
  const before = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  await db.updateTable('channels').set({ retired: reason }).where('id', '=', id).execute();
  return before;
};

/** Ends channels that are in use, and what is still owed to them. */
export const endChannels = async (
  db: Db,
  channels: readonly StoredChannel[],
  reason: string,
  now: number,
): Promise<void> => {
  for (const { id } of channels) {
    await retireChannel(db, id, reason);
    await abandon(db, id, reason, now);
  }
};
