interface Next<T extends string> {
  /** What stands already, up to the last comma and with it, and a `+` or `-`. */
  readonly before: string;
  readonly value: T;
}

/** Each value that may come next in a list of which a part is typed, `drawdown, da`: those that stand in it are left out. */
export const listSoFar = <T extends string>(typed: string, values: readonly T[]): readonly Next<T>[] => {
  const end = typed.lastIndexOf(',') + 1;
  const [sign = ''] = /^[+-]/.exec(typed.slice(end).trim()) ?? [];
  const there = typed
    .slice(0, end)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const before = there.map((part) => `${part},`).join('') + sign;
  return values
    .filter((value) => !there.some((part) => part.replace(/^[+-]/, '') === value))
    .map((value) => ({ before, value }));
};
