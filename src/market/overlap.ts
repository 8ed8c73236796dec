import type { Bar, Split } from './bar.ts';

/**
 * How a source's history sits on ours: `same`; `corrected` where single closes differ; `rebased` where the common
 * closes differ by one factor, all or those before the split, or a split is reported that we do not know: then only the
 * whole series fits.
 */
export type Overlap = 'same' | 'corrected' | 'rebased';

/** Within this, two ratios are one factor: quotes are rounded to cents. */
const TOLERANCE = 0.005;
/** A factor nearer to 1 than this is a correction, not a split: the smallest common split is 21 for 20. */
const SMALLEST_SPLIT = 0.02;

export const overlapOf = (
  ours: readonly Bar[],
  known: readonly Split[],
  theirs: { readonly bars: readonly Bar[]; readonly splits: readonly Split[] },
): Overlap => {
  const [oldest] = ours;
  if (oldest === undefined) return 'same';
  const told = new Set(known.map(({ session }) => session));
  if (theirs.splits.some(({ session }) => session > oldest.session && !told.has(session))) return 'rebased';
  const mine = new Map(ours.map((bar) => [bar.session, bar.close]));
  const ratios = theirs.bars.flatMap(({ session, close }) => {
    const own = mine.get(session);
    return own === undefined ? [] : [close / own];
  });
  const [first = 1] = ratios;
  const near = (a: number, b: number): boolean => Math.abs(a / b - 1) < TOLERANCE;
  const one = ratios.every((ratio) => near(ratio, first) || near(ratio, 1));
  if (one && Math.abs(first - 1) > SMALLEST_SPLIT) return 'rebased';
  return ratios.every((ratio) => ratio === 1) ? 'same' : 'corrected';
};
