import { setTimeout as sleep } from 'node:timers/promises';
import type { Cast } from './cast.ts';
import type { Look } from './look.ts';
import type { SoakChannel } from './places.ts';
import type { Spell } from './spells.ts';

/** A time in which a channel was out of use. Simulated instants, epoch milliseconds. */
export interface Absence {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}

/** What was cast so far. */
export interface Journal {
  /** Spells that a request has met, or that are about none: how often, by platform and kind. */
  readonly met: Map<string, number>;
  /** By platform and address. */
  readonly absences: Map<string, Absence[]>;
}

export const createJournal = (): Journal => ({ met: new Map(), absences: new Map() });

export const placeKey = ({ platform, address }: { readonly platform: string; readonly address: string }): string =>
  `${platform} ${address}`;

interface DisturbParts<Request, Fault> {
  readonly cast: Cast<Request, Fault>;
  readonly platform: string;
  /** Cast one after the other, again and again. */
  readonly spells: readonly Spell<Request, Fault>[];
  /** The channels that they are about. */
  readonly channels: readonly SoakChannel[];
  readonly journal: Journal;
  readonly look: Pick<Look, 'statuses'>;
  readonly now: () => number;
  readonly random: () => number;
  /** Longest time between two spells, simulated milliseconds. */
  readonly gapMs: number;
  /** How long a spell lasts at most once a request has met it, simulated milliseconds. */
  readonly holdMs: number;
  /** Aborted when all is to be well again. */
  readonly over: AbortSignal;
}

const CHECK_INTERVAL_MS = 50;
/** A spell that nothing meets ends after this simulated time. */
const UNMET_MS = 240_000;
/** What a platform tells may be lost with a killed bot: told again after this time, real milliseconds. */
const TELL_AGAIN_MS = 3_000;

/**
 * Casts spells until `over`; resolves when the last one is lifted, and every channel that it took out of use is in use
 * again.
 */
export const disturb = async <Request, Fault>(parts: DisturbParts<Request, Fault>): Promise<void> => {
  const { cast, platform, spells, channels, journal, look, now, random, gapMs, holdMs, over } = parts;
  const waitUntil = async (done: () => boolean, atMostMs: number): Promise<void> => {
    const last = now() + atMostMs;
    while (!done() && !over.aborted && now() < last) await sleep(CHECK_INTERVAL_MS);
  };
  /** Whether what a spell has ended is in use again; a channel may have been ended by one of its own. */
  const isBack = async ({ ends }: Spell<Request, Fault>): Promise<boolean> => {
    try {
      const found = await look.statuses(platform);
      const isAway = (status: string | undefined): boolean =>
        ends === 'platform' ? status === 'away-with-workspace' : status !== 'in-use';
      return !channels.some(({ address }) => isAway(found.get(address)));
    } catch {
      return false;
    }
  };
  /** Until the bot has heard it; a bot that is not connected is told later. */
  const tell = async (spell: Spell<Request, Fault>): Promise<void> => {
    for (;;) {
      const told = spell.end?.();
      if (told === undefined) return;
      const heard = await Promise.race([
        told.then(
          () => true,
          () => false,
        ),
        sleep(TELL_AGAIN_MS).then(() => false),
      ]);
      if (heard) return;
      await sleep(CHECK_INTERVAL_MS);
    }
  };

  const run = async (spell: Spell<Request, Fault>): Promise<void> => {
    const from = now();
    const { met, lift } = cast.begin(spell);
    await waitUntil(met, UNMET_MS);
    const hold = now() + random() * holdMs;
    await waitUntil(() => now() >= hold, holdMs);
    lift();
    await tell(spell);
    if (met()) journal.met.set(`${platform}: ${spell.kind}`, (journal.met.get(`${platform}: ${spell.kind}`) ?? 0) + 1);
    if (spell.ends === undefined) return;
    // A refusal that was under way may be recorded after the bot has heard that all is well.
    for (;;) {
      await sleep(TELL_AGAIN_MS);
      if (await isBack(spell)) break;
      await tell(spell);
    }
    const absence = { from, to: now(), kind: spell.kind };
    for (const key of channels.map(placeKey))
      journal.absences.set(key, [...(journal.absences.get(key) ?? []), absence]);
  };

  while (!over.aborted)
    for (const spell of spells) {
      if (over.aborted) return;
      await run(spell);
      const next = now() + random() * gapMs;
      await waitUntil(() => now() >= next, gapMs);
    }
};
