import { afterHoursUpdates } from '../cards/after-hours-card.ts';
import type { MessageNote } from '../cards/card.ts';
import { cardUpdates, editedCard, isAllWithdrawn, type SlideFate } from '../cards/card-updates.ts';
import { type FollowUp, followUpCard } from '../cards/follow-up-card.ts';
import { withdrawnCard } from '../cards/withdrawn-card.ts';
import { settingsOf } from '../channels/repair-settings.ts';
import type { EditOutcome, Platform } from '../chat/platform.ts';
import type { Catalogue, Translator } from '../i18n/catalogue.ts';
import { readAfterHours } from '../store/after-hours.ts';
import {
  dropEdit,
  dueEdits,
  type EditableCard,
  type PendingEdit,
  postponeEdit,
  readEditableCard,
  settleEdit,
} from '../store/edits.ts';
import { anythingDue } from '../store/looks.ts';
import { muteNotesOf } from '../store/mute-notes.ts';
import type { Store } from '../store/store.ts';
import { lacksFromStore, leftOut } from '../stories/lacks.ts';
import type { Story } from '../stories/story.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMutex, resultWithin } from '../util/promises.ts';
import { pingOf } from './ping.ts';
import { type ComposedCard, cardKey, withCard } from './post.ts';
import { deliveryBackoffMs } from './retry-delays.ts';
import { type FateParts, readCardStory } from './slide-fates.ts';

/** Edits begun in one run, which is once a second: far below what platforms take. */
const EDITS_PER_RUN = 5;
/** Tries of an edit that the platform puts off by name. */
const MAX_NAMED_WAITS = 3;
const REPLY_TIMEOUT_MS = 30_000;

interface EditLaneParts extends Omit<FateParts, 'linkTo'> {
  readonly store: Store;
  /** The database's id: part of each message's key. */
  readonly instance: string;
  readonly catalogue: Catalogue;
  /** IANA name; for channels without their own. */
  readonly timeZone: string;
  readonly compose: (stories: readonly Story[], language: string) => Promise<ComposedCard>;
  /** Whether the platform takes posts at the moment. */
  readonly takesPosts: (platform: string) => boolean;
  readonly log: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called for every edit that came to its end. */
  readonly onEnd?: (platform: string, end: 'edited' | 'refused' | 'expired') => void;
}

/** What is added to a card; with `withdrawn`, another one takes its place. */
interface Notes {
  /** Set if it goes on from another message. */
  readonly going?: FollowUp;
  readonly updates: readonly MessageNote[];
  readonly withdrawn?: readonly SlideFate[];
}

/** A card with its notes, and the picture that is still true. */
const withNotes = (
  words: Translator,
  composed: ComposedCard,
  { going, updates, withdrawn }: Notes,
  now: number,
): ComposedCard => {
  const posted = going ? followUpCard(words, composed.card, going) : composed.card;
  const card = withdrawn ? withdrawnCard(words, posted, withdrawn) : editedCard(words, posted, now);
  return withCard(composed, { ...card, updates });
};

/** Edits what is owed on one platform, a few cards a second. */
interface EditLane {
  readonly name: string;
  run(now: number): Promise<void>;
  /** Begins no further edit; resolves when the one under way is settled. */
  stop(): Promise<void>;
}

/**
 * Writes posted cards anew, as what became of their falls is added to them. Below every post: it does nothing while one is
 * due, and an edit is made at the time of its try, of all that is known then, so that none is needed twice. What cannot be
 * edited stays as it is: nothing is posted anew, and no channel is paused.
 */
export const createEditLane = (parts: EditLaneParts, platform: Platform): EditLane => {
  const { store, instance, catalogue, compose, takesPosts, log, random, onEnd } = parts;
  const { name } = platform;
  const runExclusive = createMutex();
  let stopping = false;

  /** What is added to a card. */
  const notesOf = async (
    card: EditableCard,
    words: Translator,
    linkTo: (messageId: string) => string | undefined,
    muted: Parameters<typeof cardUpdates>[2],
  ): Promise<Notes> => {
    const [first] = card.stories;
    if (first?.kind === 'after-hours') {
      const told = (await readAfterHours(store.db, first.session)).get(first.symbol);
      const deeper = told?.deeper ? afterHoursUpdates(words, first, told.deeper) : [];
      return { updates: [...cardUpdates(words, [], muted), ...deeper] };
    }
    const slides = card.stories.filter((story) => story.kind === 'slide');
    const { fates, earlier } = await readCardStory(store.db, { ...parts, linkTo }, card, slides);
    const [story] = slides;
    const tied = platform.linkTo !== undefined;
    return {
      ...(story && earlier && { going: { story, earlier: earlier.story, link: linkTo(earlier.messageId), tied } }),
      ...(isAllWithdrawn(fates) && { withdrawn: fates }),
      updates: cardUpdates(words, fates, muted),
    };
  };

  const send = async (card: EditableCard, now: number): Promise<EditOutcome | undefined> => {
    const at = { channelId: card.address, ...(card.workspace !== null && { workspace: card.workspace }) };
    const linkTo = (messageId: string) => platform.linkTo?.({ ...at, messageId });
    const { timeZone = parts.timeZone } = settingsOf(card.settings);
    const muted = { mutes: await muteNotesOf(store.db, card.batch), timeZone, now };
    const words = catalogue.in(card.language);
    const notes = await notesOf(card, words, linkTo, muted);
    if (notes.updates.length === 0 && !notes.withdrawn) return undefined;
    const composed = withNotes(words, await compose(card.stories, card.language), notes, now);
    const ping = pingOf(card.settings, card.stories);
    const leaveOut = leftOut(lacksFromStore(card.lacks), now);
    const edit = platform.edit?.({
      ...composed,
      ...at,
      stories: card.stories,
      key: cardKey(instance, card.batch),
      messageId: card.messageId,
      ...(card.fileId !== null && { fileId: card.fileId }),
      ...(ping !== undefined && { ping }),
      ...(leaveOut.size > 0 && { leaveOut }),
    });
    return (
      edit && ((await resultWithin(edit, REPLY_TIMEOUT_MS)) ?? { kind: 'later', reason: 'No reply from the platform.' })
    );
  };

  const attempt = async (owed: PendingEdit, now: number): Promise<void> => {
    const fields = { platform: name, batch: owed.batch };
    if (owed.expiresAt <= now) {
      await dropEdit(store.db, owed);
      onEnd?.(name, 'expired');
      return;
    }
    const card = await readEditableCard(store.db, owed.batch);
    const isWanted = card && settingsOf(card.settings).edits !== false;
    const outcome = isWanted ? await send(card, now) : undefined;
    if (outcome === undefined) return dropEdit(store.db, owed);
    if (outcome.kind === 'edited') {
      await settleEdit(store.db, owed, now);
      onEnd?.(name, 'edited');
    } else if (outcome.kind === 'refused') {
      log.info({ ...fields, reason: outcome.reason }, 'card stays as it is: it cannot be edited');
      await dropEdit(store.db, owed, outcome.reason);
      onEnd?.(name, 'refused');
    } else if (outcome.afterMs !== undefined && owed.attempts + 1 >= MAX_NAMED_WAITS) {
      log.info({ ...fields, reason: outcome.reason }, 'edit given up');
      await dropEdit(store.db, owed);
      onEnd?.(name, 'expired');
    } else {
      const waitMs = Math.max(Math.ceil(outcome.afterMs ?? 0), deliveryBackoffMs(owed.attempts + 1, random));
      await postponeEdit(store.db, owed, now + waitMs);
    }
  };

  const editDue = async (now: number): Promise<void> => {
    if (stopping || !takesPosts(name)) return;
    for (const owed of await dueEdits(store.db, name, now, EDITS_PER_RUN)) {
      if (stopping || (await anythingDue(store.db, name, now))) return;
      await attempt(owed, now);
    }
  };

  return {
    name: `edits on ${name}`,
    run: (now) => runExclusive(() => editDue(now)),
    stop: async () => {
      stopping = true;
      await runExclusive(async () => undefined);
    },
  };
};
