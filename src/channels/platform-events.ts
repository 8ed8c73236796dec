import type { Catalogue } from '../i18n/catalogue.ts';
import { languageFor } from '../i18n/language-for.ts';
import {
  channelAt,
  channelsInUseOrGreeted,
  detachedReason,
  isKnownWorkspace,
  openChannel,
  openGreeted,
  reattachChannels,
  type StoredChannel,
  writeWorkspace,
} from '../store/channels.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import { retryPaused } from '../store/pauses.ts';
import type { Db } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import type { PlatformEvents } from './events.ts';
import { type Changed, ending, type Registry } from './registry.ts';

export interface EventParts {
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  /** For a locale that there are no words for. */
  readonly language: string;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What becomes of a place that the bot was invited to, and whether it is greeted. */
const arrive = async (
  db: Db,
  event: Parameters<PlatformEvents['invited']>[0],
  languageOf: (before: StoredChannel | undefined) => string,
  now: number,
): Promise<readonly Changed[]> => {
  const { platform, address, workspace, by, destination } = event;
  const before = await channelAt(db, platform, address);
  const inUse = before !== undefined && before.retired === null;
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
 * What becomes of channels when the bot is invited, thrown out, or allowed more. A place is greeted once, until the bot
 * is thrown out there. A place that is no destination is kept as a channel that is not in use: nothing is owed to it
 * but the greeting.
 */
export const createPlatformEvents = (parts: EventParts): PlatformEvents => {
  const { registry, catalogue, language, log, now } = parts;
  const heard = async (name: string, event: object, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (err) {
      log.error({ err, event: name, ...event }, 'platform event lost');
    }
  };
  return {
    invited: ({ locale, ...event }) =>
      heard('invited', event, async () => {
        await registry.change(async (db) => {
          const languageOf = (before: StoredChannel | undefined) =>
            languageFor(catalogue, locale) ?? before?.language ?? language;
          return { changed: await arrive(db, event, languageOf, now()), value: undefined };
        });
      }),
    removed: ({ reason, mayReturn = false, ...where }) =>
      heard('removed', where, async () => {
        const ended = await registry.change(async (db) => {
          const channels = await channelsInUseOrGreeted(db, where);
          const why = mayReturn ? detachedReason(reason, where.address === undefined) : reason;
          return { changed: await ending(db, channels, why, now()), value: channels.length };
        });
        if (ended > 0) log.warn({ ...where, reason, channels: ended }, 'bot removed: channels retired');
      }),
    changed: (where) =>
      heard('changed', where, async () => {
        await registry.change(async (db) => {
          await retryPaused(db, where, now());
          const back = await reattachChannels(db, where, now());
          for (const { after } of back) log.info({ channel: after.id, platform: after.platform }, 'channel restored');
          return { changed: back, value: undefined };
        });
      }),
  };
};
