/** Counts values by key. */
export interface Multiset<T> {
  /** Adds `by` to a count. True if the value has become present or absent, that is, its count crossed 0. */
  add(key: string, value: T, by: number): boolean;
  count(key: string): number;
  /** Values with a count above 0. */
  values(): T[];
  entries(): readonly (readonly [key: string, value: T, count: number])[];
}

/** A count may be negative for a moment: something may be subtracted before it is added. */
export const createMultiset = <T>(): Multiset<T> => {
  const counts = new Map<string, { readonly value: T; readonly count: number }>();
  const present = () => [...counts].filter(([, { count }]) => count > 0);
  return {
    add: (key, value, by) => {
      const before = counts.get(key)?.count ?? 0;
      const count = before + by;
      if (count === 0) counts.delete(key);
      else counts.set(key, { value, count });
      return before > 0 !== count > 0;
    },
    count: (key) => counts.get(key)?.count ?? 0,
    values: () => present().map(([, { value }]) => value),
    entries: () => present().map(([key, { value, count }]) => [key, value, count] as const),
  };
};
