import type { Card } from '../cards/card.ts';
import { personalPingCard } from '../cards/personal-ping-card.ts';
import type { Outcome, Platform } from '../chat/platform.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { anythingDue } from '../store/looks.ts';
import {
  anyPingDue,
  type DuePing,
  deletePing,
  expirePings,
  leasePings,
  postponePing,
} from '../store/personal-pings.ts';
import type { Db, Store } from '../store/store.ts';
import { noteRefusal, refuseSubscriptions } from '../store/subscriptions.ts';
import type { Logger } from '../telemetry/log.ts';
import { resultWithin } from '../util/promises.ts';
import type { DeliveryLoop } from './delivery-loop.ts';
import { deliveryBackoffMs } from './retry-delays.ts';
import { createStoryCache } from './story-cache.ts';

/** Direct messages under way on one platform at a time: they come after the cards of channels. */
const MAX_IN_FLIGHT = 4;

export interface PersonalPingParts {
  readonly store: Store;
  /** The database's id: part of each message's key. */
  readonly instance: string;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  /** Current time, epoch milliseconds: read when a reply comes. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** A platform call without a reply by then counts as lost. */
  readonly replyTimeoutMs: number;
  /** Length of a lease, longer than that. */
  readonly leaseMs: number;
  readonly onPing?: (platform: string, outcome: Outcome['kind'] | 'expired', count: number) => void;
}

/** Sends direct messages about alerts, until none is due or something else comes first. @throws StoreError */
export interface PersonalPings {
  run(now: number): Promise<void>;
  stop(): void;
}

/**
 * Sends one platform's direct messages about alerts. The cards of channels come first: it starts nothing while one is due,
 * or while the platform's breaker holds. A message whose reply was lost is looked for by its key; where the platform cannot
 * look, it is not sent again, so that nobody is told twice.
 */
export const createPersonalPings = (
  { store, instance, catalogue, log, clock, random, replyTimeoutMs, leaseMs, onPing }: PersonalPingParts,
  platform: Platform,
  breaker: DeliveryLoop['breaker'],
): PersonalPings => {
  const { name } = platform;
  const stories = createStoryCache();
  let stopping = false;
  /** The platform asked to wait: conversations are not opened fast. All others wait, too, rather than ask in vain. */
  let held = { from: 0, until: 0 };

  const cardOf = async (ping: DuePing): Promise<Card | undefined> => {
    const { symbol, language, storyId, messageId, address, workspace, subscribedUntil: until } = ping;
    const story = (await stories(store.db, [storyId])).get(storyId);
    const where = { channelId: address, ...(workspace !== null && { workspace }) };
    const link = messageId === null ? undefined : platform.linkTo?.({ ...where, messageId });
    const words = catalogue.orEnglish(language);
    return story && personalPingCard(words, { symbol, story, until, ...(link !== undefined && { link }) });
  };

  const send = async (ping: DuePing): Promise<Outcome> => {
    const { id, person, workspace, triedAt } = ping;
    const card = await cardOf(ping).catch((err: unknown) => {
      log.error({ ping: id, err }, 'direct message could not be built');
      return undefined;
    });
    if (!card) return { kind: 'rejected', reason: 'There is no card of the alert.' };
    const posting = {
      channelId: person,
      toPerson: true,
      card,
      key: `dm-${instance}-${id.toString(36)}`,
      maybePosted: triedAt !== null,
      ...(triedAt !== null && { since: triedAt }),
      ...(workspace !== null && { workspace }),
    } as const;
    const outcome = platform.post(posting).catch((error: unknown): Outcome => {
      log.error({ platform: name, err: error }, 'unexpected error while sending a direct message');
      return { kind: 'unknown', reason: 'Sending failed.' };
    });
    return (await resultWithin(outcome, replyTimeoutMs)) ?? { kind: 'unknown', reason: 'No reply from the platform.' };
  };

  const waitMs = (outcome: Outcome, attempts: number): number => {
    const { afterMs } = 'afterMs' in outcome ? outcome : {};
    return afterMs === undefined ? deliveryBackoffMs(attempts, random) : Math.ceil(afterMs);
  };

  /** Records what became of one message. A stop in the meantime has deleted it: then there is nothing to record. */
  const record = async (db: Db, ping: DuePing, outcome: Outcome, startedAt: number, now: number): Promise<void> => {
    const { id, subscriptionId, attempts, triedAt } = ping;
    switch (outcome.kind) {
      case 'sent':
        await noteRefusal(db, subscriptionId, null, now);
        return deletePing(db, id);
      case 'gone':
        return refuseSubscriptions(db, ping, now);
      case 'forbidden':
      case 'rejected':
        await noteRefusal(db, subscriptionId, 'refused', now);
        return deletePing(db, id);
      case 'unsure':
        return deletePing(db, id);
      case 'unknown':
        return postponePing(db, id, { dueAt: now + waitMs(outcome, attempts), triedAt: triedAt ?? startedAt });
      default:
        return postponePing(db, id, { dueAt: now + waitMs(outcome, attempts), triedAt });
    }
  };

  const note = (outcome: Outcome, now: number): void => {
    onPing?.(name, outcome.kind, 1);
    breaker.record(outcome, now);
    const reason = 'reason' in outcome ? outcome.reason : undefined;
    if (outcome.kind === 'rejected')
      log.error({ platform: name, reason }, 'direct message rejected: bug in Slidewatch');
    else if (outcome.kind !== 'sent')
      log.warn({ platform: name, outcome: outcome.kind, reason }, 'direct message not sent');
  };

  /** Sends the first messages that are due; returns how many. */
  const sendSome = async (now: number): Promise<number> => {
    const limit = breaker.isProbing() ? 1 : MAX_IN_FLIGHT;
    const pings = await store.transaction((db) => leasePings(db, { platform: name, now, until: now + leaseMs, limit }));
    const startedAt = clock();
    const outcomes = await Promise.all(pings.map(send));
    const endedAt = now + clock() - startedAt;
    for (const [index, outcome] of outcomes.entries()) {
      note(outcome, endedAt);
      if (outcome.kind === 'later') held = { from: now, until: endedAt + waitMs(outcome, pings[index]?.attempts ?? 1) };
    }
    await store.transaction(async (db) => {
      for (const [index, ping] of pings.entries()) {
        const outcome = outcomes[index];
        if (outcome) await record(db, ping, outcome, now, endedAt);
      }
    });
    return pings.length;
  };

  // A time before `from` means that the clock was set back: the wait is over.
  const isHeld = (now: number): boolean => breaker.isHeld(now) || (now >= held.from && now < held.until);

  const mayStart = async (now: number): Promise<boolean> =>
    !stopping && !isHeld(now) && !(await anythingDue(store.db, name, now));

  return {
    run: async (runAt) => {
      if (!(await anyPingDue(store.db, name, runAt))) return;
      const expired = await store.transaction((db) => expirePings(db, name, runAt));
      if (expired > 0) {
        log.warn({ expired }, 'direct messages expired');
        onPing?.(name, 'expired', expired);
      }
      const begunAt = clock();
      const time = (): number => runAt + clock() - begunAt;
      while ((await mayStart(time())) && (await sendSome(time())) > 0);
    },
    stop: () => {
      stopping = true;
    },
  };
};
