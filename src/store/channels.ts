import type { Selectable } from 'kysely';
import { writeChannelSymbols } from './channel-symbols.ts';
import { abandon } from './deliveries.ts';
import { retryPaused } from './pauses.ts';
import type { ChannelRow, ChannelStatus } from './schema.ts';
import type { Db } from './store.ts';
import { moveSubscriptions } from './subscriptions.ts';

/** A channel as it is stored. */
export type StoredChannel = Selectable<ChannelRow>;

/** Whether cards go to a channel; not to one that was only greeted. */
export const isInUse = ({ status }: Pick<StoredChannel, 'status'>): boolean => status === 'in-use';

/** Whether a channel is out of use and may come back as it was. */
export const isAway = ({ status }: Pick<StoredChannel, 'status'>): boolean =>
  status === 'away' || status === 'away-with-workspace';

interface ChannelInput {
  readonly platform: string;
  /** The platform's own id of the channel. */
  readonly address: string;
  readonly language: string;
  /** Default for a new channel: `env`. */
  readonly origin?: StoredChannel['origin'];
  readonly workspace?: string;
  readonly madeBy?: string;
  /** A ChannelSettings as JSON; null = all defaults. */
  readonly settings?: string | null;
}

/** Creates a channel, or takes a known one into use again and ends its pause. Fields left out stay as they were. */
export const openChannel = async (db: Db, input: ChannelInput, now: number): Promise<StoredChannel> => {
  const { platform, address, language, origin, workspace, madeBy, settings } = input;
  const row = {
    language,
    status: 'in-use' as const,
    status_reason: null,
    paused: null,
    paused_at: null,
    person_told: 0,
    try_at: null,
    ...(origin !== undefined && { origin }),
    ...(workspace !== undefined && { workspace }),
    ...(madeBy !== undefined && { made_by: madeBy }),
    ...(settings !== undefined && { settings }),
  };
  await retryPaused(db, { platform, address }, now);
  const channel = await db
    .insertInto('channels')
    .values({ platform, address, created_at: now, ...row })
    .onConflict((on) => on.columns(['platform', 'address']).doUpdateSet(row))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (settings !== undefined) await writeChannelSymbols(db, channel.id, settings);
  return channel;
};

/** Stores a channel that gets a greeting and no cards. */
export const openGreeted = async (db: Db, input: ChannelInput, now: number): Promise<StoredChannel> => {
  const { id } = await openChannel(db, input, now);
  return db
    .updateTable('channels')
    .set({ status: 'greeted' })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
};

/** A platform, one server or workspace of it, or one channel. */
interface ChannelScope {
  readonly platform: string;
  readonly workspace?: string;
  readonly address?: string;
}

const idsIn = (db: Db, { platform, workspace, address }: ChannelScope) =>
  db
    .selectFrom('channels')
    .select('channels.id')
    .where('channels.platform', '=', platform)
    .$if(address !== undefined, (rows) => rows.where('channels.address', '=', address ?? ''))
    .$if(address === undefined && workspace !== undefined, (rows) =>
      rows.where('channels.workspace', '=', workspace ?? ''),
    );

/** The channels of a scope that are in use or were greeted, by id. */
export const channelsInUseOrGreeted = (db: Db, scope: ChannelScope): Promise<StoredChannel[]> =>
  db
    .selectFrom('channels')
    .selectAll()
    .where('id', 'in', idsIn(db, scope))
    .where('status', 'in', ['in-use', 'greeted'])
    .orderBy('id')
    .execute();

/** Whether a server or workspace has a channel in use or greeted; false once the bot was removed from it. */
export const isKnownWorkspace = async (db: Db, platform: string, workspace: string): Promise<boolean> =>
  (await channelsInUseOrGreeted(db, { platform, workspace })).length > 0;

export const writeWorkspace = async (db: Db, id: number, workspace: string): Promise<void> => {
  await db.updateTable('channels').set({ workspace }).where('id', '=', id).execute();
};

/** The channel at an address, in use or not. */
export const channelAt = (db: Db, platform: string, address: string): Promise<StoredChannel | undefined> =>
  db
    .selectFrom('channels')
    .selectAll()
    .where('platform', '=', platform)
    .where('address', '=', address)
    .executeTakeFirst();

export const channelById = (db: Db, id: number): Promise<StoredChannel | undefined> =>
  db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();

/** The channels in use of a platform, or of one server or workspace there, by id. */
export const channelsInUse = (db: Db, platform: string, workspace?: string): Promise<StoredChannel[]> =>
  db
    .selectFrom('channels')
    .selectAll()
    .where('platform', '=', platform)
    .where('status', '=', 'in-use')
    .$if(workspace !== undefined, (rows) => rows.where('workspace', '=', workspace ?? ''))
    .orderBy('id')
    .execute();

/** Number of channels in use by settings (JSON text). */
export const settingsInUse = async (
  db: Db,
): Promise<readonly { readonly settings: string | null; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('channels')
    .select(({ fn }) => ['settings', fn.countAll<number>().as('count')])
    .where('status', '=', 'in-use')
    .groupBy('settings')
    .execute();
  return rows.map(({ settings, count }) => ({ settings, count: Number(count) }));
};

/** Ids of the channels in use with exactly these settings (JSON text). */
export const channelsWithSettings = async (db: Db, settings: string): Promise<number[]> => {
  const rows = await db
    .selectFrom('channels')
    .select('id')
    .where('status', '=', 'in-use')
    .where('settings', '=', settings)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
};

/** Writes the settings of a channel, and with them its custom symbols. */
export const writeSettings = async (db: Db, id: number, settings: string | null): Promise<void> => {
  await db.updateTable('channels').set({ settings }).where('id', '=', id).execute();
  await writeChannelSymbols(db, id, settings);
};

export const writeLanguage = async (db: Db, id: number, language: string): Promise<void> => {
  await db.updateTable('channels').set({ language }).where('id', '=', id).execute();
};

/** Sets `language` where a channel's language is not one of `languages`; returns the ids of those channels. */
export const replaceUnknownLanguages = async (
  db: Db,
  languages: readonly string[],
  language: string,
): Promise<number[]> => {
  const changed = await db
    .updateTable('channels')
    .set({ language })
    .where('language', 'not in', languages)
    .returning('id')
    .execute();
  return changed.map(({ id }) => id);
};

/**
 * Takes channels that are away into use again, with their settings: the one at `address`, or those that went away with
 * their server or workspace. Without an address, channels of .env are left out: reading .env brings them back.
 */
export const bringBackChannels = async (
  db: Db,
  scope: ChannelScope,
  now: number,
): Promise<readonly { readonly before: StoredChannel; readonly after: StoredChannel }[]> => {
  const away = await db
    .selectFrom('channels')
    .selectAll()
    .where('id', 'in', idsIn(db, scope))
    .where('status', 'in', scope.address === undefined ? ['away-with-workspace'] : ['away', 'away-with-workspace'])
    .$if(scope.address === undefined, (rows) => rows.where('origin', '!=', 'env'))
    .orderBy('id')
    .execute();
  const back: { before: StoredChannel; after: StoredChannel }[] = [];
  for (const before of away) {
    const { platform, address, language } = before;
    back.push({ before, after: await openChannel(db, { platform, address, language }, now) });
  }
  return back;
};

/** A channel that may take cards again without a word from its platform: paused, or away by itself. */
export type ShutChannel = Pick<StoredChannel, 'id' | 'address' | 'workspace'>;

/** The channels of a scope to look at for that, by id; `ids`: only among these. */
export const channelsToLookAt = (db: Db, scope: ChannelScope, ids?: readonly number[]): Promise<ShutChannel[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'address', 'workspace'])
    .where('id', 'in', idsIn(db, scope))
    .where(({ and, or, eb }) =>
      or([eb('status', '=', 'away'), and([eb('status', '=', 'in-use'), eb('paused_at', 'is not', null)])]),
    )
    .$if(ids !== undefined, (rows) => rows.where('id', 'in', ids ?? []))
    .orderBy('id')
    .execute();

/** Gives a channel another address, with all that belongs to it. */
export const writeAddress = async (db: Db, id: number, address: string): Promise<void> => {
  await db.updateTable('channels').set({ address }).where('id', '=', id).execute();
};

/**
 * Joins a channel into another one and forgets it: deliveries, digests and subscriptions that the other has not got move
 * there; its settings and mutes are dropped.
 */
export const joinChannels = async (db: Db, from: number, into: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ channel_id: into })
    .where('channel_id', '=', from)
    .where('story_id', 'not in', db.selectFrom('deliveries').select('story_id').where('channel_id', '=', into))
    .execute();
  await db
    .updateTable('digests')
    .set({ channel_id: into })
    .where('channel_id', '=', from)
    .where('day', 'not in', db.selectFrom('digests').select('day').where('channel_id', '=', into))
    .execute();
  await moveSubscriptions(db, from, into);
  for (const table of ['deliveries', 'digests', 'mutes', 'mute_notes', 'channel_symbols'] as const)
    await db.deleteFrom(table).where('channel_id', '=', from).execute();
  await db.deleteFrom('channels').where('id', '=', from).execute();
};

/** How a channel is taken out of use, and why. */
export interface Retirement {
  readonly status: Exclude<ChannelStatus, 'in-use' | 'greeted'>;
  readonly reason: string;
}

/**
 * Takes a channel out of use: nothing more is enqueued for it. One that was only greeted does not come back as a destination.
 * Returns the channel as it was before.
 */
export const retireChannel = async (db: Db, id: number, retirement: Retirement): Promise<StoredChannel> => {
  const before = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const status = before.status === 'greeted' ? 'retired' : retirement.status;
  await db.updateTable('channels').set({ status, status_reason: retirement.reason }).where('id', '=', id).execute();
  return before;
};

/** Takes channels out of use and drops their open deliveries. */
export const closeChannels = async (
  db: Db,
  channels: readonly StoredChannel[],
  retirement: Retirement,
  now: number,
): Promise<void> => {
  for (const { id } of channels) {
    await retireChannel(db, id, retirement);
    await abandon(db, id, retirement.reason, now);
  }
};
