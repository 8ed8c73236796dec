import { waitAtMost } from '../../util/promises.ts';
import type { Outcome } from '../platform.ts';

/** After this long without an answer, the next posting goes alone. */
const FRESH_MS = 10_000;
/** The others wait no longer than this for its answer. */
const MAX_WAIT_MS = 1_000;

/** Runs a posting, or answers it with what another one has just met. */
export type FirstAlone = (post: () => Promise<Outcome>) => Promise<Outcome>;

/** Whether an outcome means that nothing else would be taken either. */
const meetsAll = (outcome: Outcome): boolean =>
  outcome.kind === 'credential' ||
  (outcome.kind === 'later' && outcome.everywhere !== undefined && outcome.everywhere !== 'throttled');

/**
 * Lets one posting go ahead of the others, unless Discord has taken one lately: where it refuses everything, it hears of one
 * request, not of one a channel. `now`: milliseconds.
 */
export const createFirstAlone = (now: () => number): FirstAlone => {
  let freshUntil = Number.NEGATIVE_INFINITY;
  let first: Promise<Outcome> | undefined;

  const run = async (post: () => Promise<Outcome>): Promise<Outcome> => {
    const outcome = await post();
    if (outcome.kind !== 'unknown') freshUntil = meetsAll(outcome) ? Number.NEGATIVE_INFINITY : now() + FRESH_MS;
    return outcome;
  };

  return async (post) => {
    if (now() < freshUntil) return run(post);
    if (first === undefined) {
      first = run(post);
      try {
        return await first;
      } finally {
        first = undefined;
      }
    }
    let met: Outcome | undefined;
    await waitAtMost(
      first.then((outcome) => {
        met = outcome;
      }),
      MAX_WAIT_MS,
    );
    if (met === undefined || !meetsAll(met)) return run(post);
    // How long to wait is said by the first one.
    return met.kind === 'later'
      ? { kind: 'later', reason: met.reason, ...(met.everywhere && { everywhere: met.everywhere }) }
      : met;
  };
};
