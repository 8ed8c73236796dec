import type { Catalogue } from '../i18n/catalogue.ts';
import { languageFor } from '../i18n/languages.ts';
import {
  bringBackChannels,
  channelAt,
  channelsInUseOrGreeted,
  isInUse,
  isKnownWorkspace,
  openChannel,
  openGreeted,
  type StoredChannel,
  writeWorkspace,
} from '../store/channels.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import { retryPaused } from '../store/pauses.ts';
import type { Db } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { type Changed, type Registry, retireChannels } from './registry.ts';

export interface EventParts {
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  /** For a locale without a message catalogue. */
  readonly language: string;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Opens and greets the place of an invitation, unless it is in use or greeted already. Returns the changes. */
const applyInvitation = async (
  db: Db,
  event: Parameters<PlatformEvents['invited']>[0],
  languageOf: (before: StoredChannel | undefined) => string,
  now: number,
): Promise<readonly Changed[]> => {
  const { platform, address, workspace, by, destination } = event;
  const before = await channelAt(db, platform, address);
  const inUse = before !== undefined && isInUse(before);
  if (inUse) await writeWorkspace(db, before.id, workspace);
  if (inUse || (!destination && (await isKnownWorkspace(db, platform, workspace)))) {
    await retryPaused(db, destination ? { platform, address } : { platform, workspace }, now);
    return [];
  }
  const made = {
    platform,
    address,
    workspace,
    language: languageOf(before),
    origin: 'invite' as const,
    ...(by !== undefined && { madeBy: by }),
  };
  const after = await (destination ? openChannel : openGreeted)(db, made, now);
  await enqueueForChannel(db, after.id, { kind: 'greeting', symbol: '*', platform, destination }, { now, dueAt: now });
  return [{ before, after }];
};

/**
 * Applies the platforms' events to the channels. A place is greeted once, until the bot is removed from it. A greeted
 * place that is not a destination is stored as a channel not in use: only its greeting is delivered.
 */
export const createPlatformEvents = (parts: EventParts): PlatformEvents => {
  const { registry, catalogue, language, log, now } = parts;
  const handle = async (name: string, event: object, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (err) {
      log.error({ err, event: name, ...event }, 'platform event lost');
    }
  };
  return {
    invited: ({ locale, ...event }) =>
      handle('invited', event, async () => {
        await registry.change(async (db) => {
          const languageOf = (before: StoredChannel | undefined) =>
            languageFor(catalogue, locale) ?? before?.language ?? language;
          return { changed: await applyInvitation(db, event, languageOf, now()), value: undefined };
        });
      }),
    removed: ({ reason, mayReturn = false, ...where }) =>
      handle('removed', where, async () => {
        const ended = await registry.change(async (db) => {
          const channels = await channelsInUseOrGreeted(db, where);
          const away = where.address === undefined ? 'away-with-workspace' : 'away';
          const retirement = { status: mayReturn ? away : 'retired', reason } as const;
          return { changed: await retireChannels(db, channels, retirement, now()), value: channels.length };
        });
        if (ended > 0) log.warn({ ...where, reason, channels: ended }, 'bot removed: channels retired');
      }),
    changed: (where) =>
      handle('changed', where, async () => {
        await registry.change(async (db) => {
          await retryPaused(db, where, now());
          const back = await bringBackChannels(db, where, now());
          for (const { after } of back) log.info({ channel: after.id, platform: after.platform }, 'channel restored');
          return { changed: back, value: undefined };
        });
      }),
  };
};

/** Handlers of events that platforms send. They never reject. */
export interface PlatformEvents {
  /**
   * The bot was invited into a channel, or to a whole workspace; then `address` is the first channel that it may write in.
   */
  invited(event: {
    readonly platform: string;
    readonly workspace: string;
    readonly address: string;
    /** The platform's id of the person who invited it, if known. */
    readonly by?: string;
    /** The person's or the server's locale, if known. */
    readonly locale?: string;
    /** Whether the bot was invited into this very channel: it becomes a destination at once. */
    readonly destination: boolean;
  }): Promise<void>;
  /** The bot was removed from a channel, or from a server or workspace with all its channels. */
  removed(event: {
    readonly platform: string;
    readonly workspace?: string;
    readonly address?: string;
    readonly reason: string;
    /** Whether it may come back without an invitation, reported by `changed`: archived, or the app's tokens revoked. */
    readonly mayReturn?: boolean;
  }): Promise<void>;
  /**
   * Permissions may have changed, or the bot is back: retries paused channels now. A channel that is away is in use
   * again if it is named; channels that went with their workspace are, if the workspace is named.
   */
  changed(event: { readonly platform: string; readonly workspace?: string; readonly address?: string }): Promise<void>;
}
