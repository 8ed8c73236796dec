/**
 * Moves places on a line apart until each two neighbours have `gap` between them, as little as that takes, and keeps
 * all within low..high (which has to hold them). In the order given; places that stand well stay.
 */
export const spread = (wanted: readonly number[], gap: number, low: number, high: number): readonly number[] => {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  /** Runs of places that touch, each with the mean of what its members wanted, less their offsets. */
  const runs: { members: number[]; start: number }[] = [];
  const startOf = (members: readonly number[]): number => {
    const mean = members.reduce((sum, at, n) => sum + (wanted[at] as number) - n * gap, 0) / members.length;
    return Math.min(Math.max(mean, low), high - (members.length - 1) * gap);
  };
  for (const at of order) {
    let members = [at];
    for (
      let last = runs.at(-1);
      last && last.start + last.members.length * gap > startOf(members);
      last = runs.at(-1)
    ) {
      members = [...last.members, ...members];
      runs.pop();
    }
    runs.push({ members, start: startOf(members) });
  }
  const placed = [...wanted];
  for (const { members, start } of runs) for (const [n, at] of members.entries()) placed[at] = start + n * gap;
  return placed;
};
