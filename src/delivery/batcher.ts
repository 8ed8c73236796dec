/** Hands in one more; resolves or rejects with what became of it. */
export type Submit<Item, Value> = (item: Item) => Promise<Value>;

export interface BatcherParts<Item, Value> {
  /** Works on all that have gathered, at least one; says what became of each. */
  readonly work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Value>[]>;
  /** How many there may be: once so many have gathered, nobody else is waited for. */
  readonly expected: () => number;
  /** Milliseconds that the first waits for others, at most. */
  readonly waitMs: number;
}

/** Gathers what comes close together, so that it is worked on in one go; what comes meanwhile is the next one's. */
export const createBatcher = <Item, Value>({
  work,
  expected,
  waitMs,
}: BatcherParts<Item, Value>): Submit<Item, Value> => {
  let waiting: { readonly item: Item; readonly end: PromiseWithResolvers<Value> }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const go = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const all = waiting;
    waiting = [];
    try {
      const ends = await work(all.map(({ item }) => item));
      for (const [at, { end }] of all.entries()) {
        const it = ends[at];
        if (it?.status === 'fulfilled') end.resolve(it.value);
        else end.reject(it?.reason);
      }
    } catch (reason) {
      for (const { end } of all) end.reject(reason);
    }
  };

  return (item) => {
    const end = Promise.withResolvers<Value>();
    waiting.push({ item, end });
    if (waiting.length >= expected()) void go();
    else timer ??= setTimeout(() => void go(), waitMs);
    return end.promise;
  };
};
