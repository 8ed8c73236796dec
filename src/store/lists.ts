/** Ids of one statement. */
const TOGETHER = 100;

/**
 * Ids in lists that are all of one length, so that a statement over them is prepared once: the last one repeats its
 * last id, which names nobody anew.
 */
export const listsOf = <Id extends number | string>(ids: readonly Id[]): Id[][] =>
  Array.from({ length: Math.ceil(ids.length / TOGETHER) }, (_, n) =>
    Array.from({ length: TOGETHER }, (__, at) => ids[Math.min(n * TOGETHER + at, ids.length - 1)] as Id),
  );
