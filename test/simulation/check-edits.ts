import { MINUTE_MS } from '../../src/util/durations.ts';
import type { Breach } from './breach.ts';
import type { Scenario } from './scenario.ts';
import type { Run } from './simulate.ts';

const MAX_EDITS = 4;
const EDITED_EVERY_MS = 10 * MINUTE_MS;
/** The time of an edit is that at which it was begun, and it takes so long at most. */
const TAKES_MS = 5_000;
/** An edit is settled so long after its answer. */
const SETTLED_MS = MINUTE_MS;

/** Edits of cards that are not there, too many of one, and those that follow each other too soon. */
export const checkEdits = ({ faults }: Scenario, { edits, rooms, ends }: Run): Breach[] => {
  // Ten minutes of a clock that was set may be none.
  const isClockSet = faults.some(({ kind }) => kind === 'clock set');
  /** Whether the bot ended before it could note an edit: then it makes it again. */
  const isForgotten = (at: number): boolean => ends.some(({ from }) => from >= at && from <= at + SETTLED_MS);
  return [...Map.groupBy(edits, ({ room, key }) => `${room} ${key}`).values()].flatMap((of): Breach[] => {
    const noted = of.filter(({ at }) => !isForgotten(at));
    return noted.flatMap(({ at, room, key }, nth): Breach[] => {
      const isThere = rooms.get(room)?.some((it) => it.key === key && it.at <= at) ?? false;
      const isSoon = !isClockSet && at - (noted[nth - 1]?.at ?? 0) < EDITED_EVERY_MS - TAKES_MS;
      const came = `edit ${nth + 1} of ${key}`;
      if (!isThere) return [{ what: 'false', at, room, expected: 'an edit of a card that is there', came }];
      if (nth >= MAX_EDITS) return [{ what: 'twice', at, room, expected: `${MAX_EDITS} edits at most`, came }];
      return isSoon ? [{ what: 'early', at, room, expected: 'ten minutes between two edits', came }] : [];
    });
  });
};
