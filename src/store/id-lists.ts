const IDS_PER_STATEMENT = 100;

/**
 * Splits ids into lists of one length, so that a statement over them is prepared once. The last list is filled up with
 * its last id.
 */
export const idChunks = <Id extends number | string>(ids: readonly Id[]): Id[][] =>
  Array.from({ length: Math.ceil(ids.length / IDS_PER_STATEMENT) }, (_, n) =>
    Array.from(
      { length: IDS_PER_STATEMENT },
      (__, at) => ids[Math.min(n * IDS_PER_STATEMENT + at, ids.length - 1)] as Id,
    ),
  );

/** Fills up a list, of at least one id, to a power of two with its last id: few lengths mean few prepared statements. */
export const paddedIds = <Id extends number | string>(ids: readonly Id[]): Id[] => {
  const length = 2 ** Math.ceil(Math.log2(ids.length));
  return Array.from({ length }, (_, at) => ids[Math.min(at, ids.length - 1)] as Id);
};
