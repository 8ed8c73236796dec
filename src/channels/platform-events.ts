import type { Catalogue } from '../i18n/catalogue.ts';
import { languageFor } from '../i18n/languages.ts';
import {
  bringBackChannels,
  channelAt,
  channelsInUse,
  channelsInUseOrGreeted,
  isAway,
  isInUse,
  isKnownWorkspace,
  joinChannels,
  openChannel,
  openGreeted,
  type StoredChannel,
  writeAddress,
  writeWorkspace,
} from '../store/channels.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import { clearLacks, pauseChannel, retryPaused } from '../store/pauses.ts';
import type { Db } from '../store/store.ts';
import { endSubscriptionsIn } from '../store/subscriptions.ts';
import { type Pause, pauseToStore } from '../stories/pause.ts';
import type { Logger } from '../telemetry/log.ts';
import { HOUR_MS } from '../util/durations.ts';
import type { Presence } from './presence.ts';
import { type Changed, type Registry, retireChannels } from './registry.ts';

/** A server that has removed the bot is asked no sooner, unless it invites the bot again. */
const REMOVED_RETRY_MS = 6 * HOUR_MS;

export interface EventParts {
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  /** For a locale without a message catalogue. */
  readonly language: string;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Notes each sign that the bot may post somewhere. */
  readonly presence?: Presence;
  /** Called with the places that may take cards again and are looked at before they do. */
  readonly onHint?: (where: Place) => void;
}

/** A platform, one server or workspace of it, or one channel. */
interface Place {
  readonly platform: string;
  readonly workspace?: string;
  readonly address?: string;
}

/** The bot is in a server again: what could not be posted there goes on, after one line in each of those channels. */
const welcomeBack = async (db: Db, where: { platform: string; workspace: string }, now: number): Promise<void> => {
  const { platform, workspace } = where;
  const paused = (await channelsInUse(db, platform, workspace)).filter((channel) => channel.paused !== null);
  const greeting = { kind: 'greeting', symbol: '*', platform, destination: true, back: true } as const;
  for (const { id } of paused) await enqueueForChannel(db, id, greeting, { now, dueAt: now });
  await clearLacks(db, where);
  await retryPaused(db, where, now);
};

/** The channels of a server that the bot was removed from: nothing is posted there, and what is owed waits. */
const pauseRemoved = async (db: Db, channels: readonly StoredChannel[], pause: Pause, now: number): Promise<void> => {
  for (const { id } of channels)
    await pauseChannel(db, id, { why: pauseToStore(pause), now, tryAt: now + REMOVED_RETRY_MS });
};

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
  if (inUse && destination) {
    await retryPaused(db, { platform, address }, now);
    return [];
  }
  if (inUse || (!destination && (await isKnownWorkspace(db, platform, workspace)))) {
    await welcomeBack(db, { platform, workspace }, now);
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
  // A channel that was away is as it was, and is not introduced to anything.
  const back = destination && before !== undefined && isAway(before) && { back: true as const };
  const greeting = { kind: 'greeting', symbol: '*', platform, destination, ...back } as const;
  await enqueueForChannel(db, after.id, greeting, { now, dueAt: now });
  return [{ before, after }];
};

/** Takes channels that are away into use again, after one line in each. */
const bringBack = async (db: Db, where: Place, now: number): ReturnType<typeof bringBackChannels> => {
  const changed = await bringBackChannels(db, where, now);
  const { platform } = where;
  const greeting = { kind: 'greeting', symbol: '*', platform, destination: true, back: true } as const;
  for (const { after } of changed) await enqueueForChannel(db, after.id, greeting, { now, dueAt: now });
  return changed;
};

/** Whether a channel is out of use because the platform no longer knew its id, and not by a person or the bot's removal. */
const wasNotFound = (channel: StoredChannel): boolean =>
  !isInUse(channel) && (channel.status_reason ?? '').includes('not_found');

/** Gives a channel its new id. If both ids are in use, the new one keeps its settings and takes what is owed to the old one. */
const applyMove = async (
  db: Db,
  { platform, from, to }: Parameters<PlatformEvents['moved']>[0],
  now: number,
): Promise<readonly Changed[]> => {
  const before = await channelAt(db, platform, from);
  if (before === undefined) return [];
  const other = await channelAt(db, platform, to);
  if (other && isInUse(other)) {
    await joinChannels(db, before.id, other.id);
    return isInUse(before) ? [{ before }] : [];
  }
  if (other) await joinChannels(db, other.id, before.id);
  await writeAddress(db, before.id, to);
  if (!wasNotFound(before)) return [];
  return [{ before, after: await openChannel(db, { platform, address: to, language: before.language }, now) }];
};

/**
 * Applies the platforms' events to the channels. A place is greeted once, until the bot is removed from it. A greeted
 * place that is not a destination is stored as a channel not in use: only its greeting is delivered.
 */
export const createPlatformEvents = (parts: EventParts): PlatformEvents => {
  const { registry, catalogue, language, log, now, presence, onHint } = parts;
  const handle = async (name: string, event: object, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (err) {
      log.error({ err, event: name, ...event }, 'platform event lost');
    }
  };
  return {
    invited: ({ locale, ...event }) => {
      const { platform, workspace, address, destination } = event;
      presence?.note(destination ? { platform, address } : { platform, workspace });
      return handle('invited', event, async () => {
        await registry.change(async (db) => {
          const languageOf = (before: StoredChannel | undefined) =>
            languageFor(catalogue, locale) ?? before?.language ?? language;
          return { changed: await applyInvitation(db, event, languageOf, now()), value: undefined };
        });
        if (!destination) onHint?.({ platform, workspace });
      });
    },
    removed: ({ reason, mayReturn = false, pause, ...where }) =>
      handle('removed', where, async () => {
        const ended = await registry.change(async (db) => {
          const all = await channelsInUseOrGreeted(db, where);
          const kept = pause ? all.filter(isInUse) : [];
          if (pause) await pauseRemoved(db, kept, pause, now());
          if (kept.length > 0) log.warn({ ...where, reason, channels: kept.length }, 'bot removed: channels paused');
          const channels = all.filter((channel) => !kept.includes(channel));
          const away = where.address === undefined ? 'away-with-workspace' : 'away';
          const retirement = { status: mayReturn ? away : 'retired', reason } as const;
          return { changed: await retireChannels(db, channels, retirement, now()), value: channels.length };
        });
        if (ended > 0) log.warn({ ...where, reason, channels: ended }, 'bot removed: channels retired');
      }),
    left: ({ platform, address, person }) =>
      handle('left', { platform, address }, async () => {
        await registry.change(async (db) => {
          const channel = await channelAt(db, platform, address);
          if (channel) await endSubscriptionsIn(db, channel.id, { platform, person });
          return { changed: [], value: undefined };
        });
      }),
    moved: (event) => {
      const { platform, from, to } = event;
      // An older refusal of the old id says nothing of the channel.
      presence?.note({ platform, address: from });
      return handle('moved', event, async () => {
        await registry.change(async (db) => {
          const changed = await applyMove(db, event, now());
          await retryPaused(db, { platform, address: to }, now());
          return { changed, value: undefined };
        });
        log.warn({ platform, from, to }, 'channel has a new id; if .env names the old one, change it there');
      });
    },
    changed: (where) => {
      presence?.note(where);
      return handle('changed', where, async () => {
        await registry.change(async (db) => {
          await retryPaused(db, where, now());
          await clearLacks(db, where);
          const back = await bringBack(db, where, now());
          for (const { after } of back) log.info({ channel: after.id, platform: after.platform }, 'channel restored');
          return { changed: back, value: undefined };
        });
        if (where.address === undefined) onHint?.(where);
      });
    },
    used: async (where) => onHint?.(where),
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
    /** Whether it may come back as it was, reported by `changed`, an invitation or a look: not if it was deleted. */
    readonly mayReturn?: boolean;
    /** An invitation may follow soon: the channels in use stay so, paused for this reason, and their cards wait. */
    readonly pause?: Pause;
  }): Promise<void>;
  /** A person has left a channel, or was removed from it: nothing of it is sent to them any more. */
  left(event: { readonly platform: string; readonly address: string; readonly person: string }): Promise<void>;
  /** A channel has another id from now on, such as one that is shared with another workspace: all that belongs to it stays. */
  moved(event: { readonly platform: string; readonly from: string; readonly to: string }): Promise<void>;
  /**
   * Permissions may have changed, or the bot is back: retries paused channels now, and parts that cards were posted without. A channel that is away is in use
   * again if it is named; channels that went with their workspace are, if the workspace is named.
   */
  changed(event: { readonly platform: string; readonly workspace?: string; readonly address?: string }): Promise<void>;
  /** Somebody has used the bot in a channel: if that takes no cards, it is looked at again. */
  used(event: { readonly platform: string; readonly address: string }): Promise<void>;
}
