/** Adds an item to the next batch; settles with that item's result. */
type Submit<Item, Value> = (item: Item) => Promise<Value>;

interface BatcherParts<Item, Value> {
  /** Handles a batch of one item or more; returns a result for each. */
  readonly work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Value>[]>;
  /** The most items that can come at the moment: a batch of this size does not wait for more. */
  readonly expected: () => number;
  /** Maximum time that the first item waits for others. */
  readonly waitMs: number;
}

/** Collects items that come within `waitMs` into one batch. Items that come while a batch runs go into the next. */
export const createBatcher = <Item, Value>({
  work,
  expected,
  waitMs,
}: BatcherParts<Item, Value>): Submit<Item, Value> => {
  let waiting: { readonly item: Item; readonly deferred: PromiseWithResolvers<Value> }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    try {
      const results = await work(batch.map(({ item }) => item));
      for (const [index, { deferred }] of batch.entries()) {
        const result = results[index];
        if (result?.status === 'fulfilled') deferred.resolve(result.value);
        else deferred.reject(result?.reason);
      }
    } catch (reason) {
      for (const { deferred } of batch) deferred.reject(reason);
    }
  };

  return (item) => {
    const deferred = Promise.withResolvers<Value>();
    waiting.push({ item, deferred });
    if (waiting.length >= expected()) void flush();
    else timer ??= setTimeout(() => void flush(), waitMs);
    return deferred.promise;
  };
};
