import type { Spell } from './spells.ts';

/** The spells of one platform that are cast now. */
export interface Cast<Request, Fault> {
  /** What becomes of a request: by a spell, or else by `otherwise`. */
  meet(request: Request, otherwise: () => Fault | undefined): Fault | undefined;
  /** Begins a spell; the earlier one is asked first. Returns how to see whether a request has met it, and how to lift it. */
  begin(spell: Spell<Request, Fault>): { met(): boolean; lift(): void };
  /** Whether a bot that ends now may have started while the platform refused it. */
  refusedStart(): boolean;
}

/** How long a start takes on a busy machine, real milliseconds. */
const START_MS = 20_000;

export const createCast = <Request, Fault>(): Cast<Request, Fault> => {
  const active = new Map<Spell<Request, Fault>, { met: boolean }>();
  let refusedUntil = Number.NEGATIVE_INFINITY;
  return {
    refusedStart: () =>
      Date.now() < refusedUntil + START_MS || [...active.keys()].some(({ refusesStart }) => refusesStart),
    meet: (request, otherwise) => {
      for (const [spell, state] of active) {
        if (!spell.meets?.(request)) continue;
        const fault = spell.fault?.(request);
        // What has no fault of its own is refused by the double, or taken: a picture may be missing from a card.
        if (spell.fault && fault === undefined) continue;
        state.met = true;
        return fault;
      }
      return otherwise();
    },
    begin: (spell) => {
      const state = { met: spell.meets === undefined };
      active.set(spell, state);
      spell.begin?.();
      const lift = () => {
        active.delete(spell);
        if (spell.refusesStart) refusedUntil = Date.now();
      };
      return { met: () => state.met, lift };
    },
  };
};
