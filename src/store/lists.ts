/** Ids of one statement. */
const IDS_PER_STATEMENT = 100;

/**
 * Ids in lists that are all of one length, so that a statement over them is prepared once: the last one repeats its
 * last id, which names nobody anew.
 */
export const idChunks = <Id extends number | string>(ids: readonly Id[]): Id[][] =>
  Array.from({ length: Math.ceil(ids.length / IDS_PER_STATEMENT) }, (_, n) =>
    Array.from(
      { length: IDS_PER_STATEMENT },
      (__, at) => ids[Math.min(n * IDS_PER_STATEMENT + at, ids.length - 1)] as Id,
    ),
  );

/** Ids for one statement in a list of which there are few lengths, for the same reason; at least one. */
export const paddedIds = <Id extends number | string>(ids: readonly Id[]): Id[] => {
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return Array.from({ length }, (_, at) => ids[Math.min(at, ids.length - 1)] as Id);
};
