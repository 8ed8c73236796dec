import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import type { Bar, Split } from './bar.ts';
import { isCommonFactor, isWithin, LIKE_A_SPLIT, ONE_STEP, SAME_CLOSE } from './basis.ts';
import { withPrices } from './in-unit.ts';
import { type HistoryContext, isStepLeft, newSplits, type Waiting } from './judge-history.ts';
import { isJump } from './judge-quote.ts';
import type { History } from './source.ts';

/** Sessions whose steps are looked at: the longest window of the defaults and a month. */
const JUDGED_SESSIONS = 272;
/** A close this many sessions after a step back to where it came from makes the step a fault. */
const FAULT_SESSIONS = 10;
/** A told split within this many rows explains a step. */
const SPLIT_ROWS = 3;
const SAME_ANSWER_MS = 30 * MINUTE_MS;
const CONTRADICTED_ANSWER_MS = DAY_MS;

/** Decision on a whole history. */
export type WholeVerdict =
  | { readonly kind: 'taken'; readonly bars: readonly Bar[]; readonly waiting: readonly Waiting[] }
  /** Taken, but its drawdowns are not judged until a second answer a day later. */
  | { readonly kind: 'doubtful'; readonly bars: readonly Bar[]; readonly waiting: readonly Waiting[] }
  | { readonly kind: 'waits'; readonly waiting: readonly Waiting[] };

/** A step of more than 25% between two rows, at the index of the second. */
interface Step {
  readonly at: number;
  readonly factor: number;
}

const stepsOf = (bars: readonly Bar[], from: number): Step[] => {
  const steps: Step[] = [];
  for (let at = Math.max(1, from); at < bars.length; at += 1) {
    const [before, after] = [bars[at - 1]?.close ?? 0, bars[at]?.close ?? 0];
    if (isJump(before, after)) steps.push({ at, factor: after / before });
  }
  return steps;
};

/** Names an answer well enough to tell whether the next one is the same. */
export const keyOfHistory = (bars: readonly Bar[]): string => {
  let sum = 0;
  for (const { close } of bars) sum = (sum * 31 + close) % Number.MAX_SAFE_INTEGER;
  return `whole:${bars.length}:${bars.at(-1)?.session ?? ''}:${sum}`;
};

const hasSplitNear = (bars: readonly Bar[], at: number, splits: readonly Split[]): boolean => {
  const from = bars[Math.max(0, at - SPLIT_ROWS)]?.session ?? '';
  const to = bars[Math.min(bars.length - 1, at + SPLIT_ROWS)]?.session ?? '';
  return splits.some(({ session }) => session >= from && session <= to);
};

/** Index of the row after which the prices of the step at `at` are back, within a few rows; undefined if they stay. */
const backAt = (bars: readonly Bar[], { at }: Step, steps: readonly Step[]): number | undefined => {
  const before = bars[at - 1]?.close ?? 0;
  return steps.find(
    (other) => other.at > at && other.at - at <= FAULT_SESSIONS && !isJump(before, bars[other.at]?.close ?? 0),
  )?.at;
};

/**
 * Judges the first history of a symbol. One wild close that is off both neighbours is left out. An answer with a longer
 * stretch in another unit waits; so does one that is not divided by a split that is known for certain, `known`, as shares
 * for one by session. A lasting step of the size of a common split without a split told makes it doubtful.
 * Bars are usable and of ended sessions, oldest first. Pure.
 */
export const judgeFirstHistory = (
  bars: readonly Bar[],
  splits: readonly Split[],
  known: Readonly<Record<string, number>> = {},
): WholeVerdict => {
  const last = bars.at(-1)?.session ?? '';
  const undivided = Object.entries(known).find(
    ([session, ratio]) => session <= last && isStepLeft(bars, { session, factor: 1 / ratio }),
  );
  if (undivided)
    return { kind: 'waits', waiting: [{ session: undivided[0], because: 'split told, rows not divided' }] };
  const from = bars.length - JUDGED_SESSIONS;
  const steps = stepsOf(bars, from);
  const leftOut = new Set<number>();
  for (const step of steps) {
    if (leftOut.has(step.at - 1)) continue;
    const back = backAt(bars, step, steps);
    if (back === step.at + 1) leftOut.add(step.at);
    else if (back !== undefined)
      return {
        kind: 'waits',
        waiting: [{ session: bars[step.at]?.session ?? '', because: 'mixed bases' }],
      };
    else if (isCommonFactor(step.factor, LIKE_A_SPLIT) && !hasSplitNear(bars, step.at, splits))
      return {
        kind: 'doubtful',
        bars: bars.filter((_, at) => !leftOut.has(at)),
        waiting: [{ session: bars[step.at]?.session ?? '', because: 'history in doubt' }],
      };
  }
  return {
    kind: 'taken',
    bars: bars.filter((_, at) => !leftOut.has(at)),
    waiting: [...leftOut].map((at) => ({ session: bars[at]?.session ?? '', because: 'one wild close left out' })),
  };
};

/** Whether every large step of the history is in ours too, or is what quotes have said. */
const areStepsKnown = (bars: readonly Bar[], { ours, memory }: HistoryContext): boolean => {
  const own = new Map(ours.map((bar, at) => [bar.session, { close: bar.close, before: ours[at - 1]?.close }]));
  return stepsOf(bars, bars.length - JUDGED_SESSIONS).every(({ at, factor }) => {
    const session = bars[at]?.session ?? '';
    const mine = own.get(session);
    if (mine?.before !== undefined && isWithin(mine.close / mine.before, factor, ONE_STEP)) return true;
    const bell = memory.words?.[session]?.bell?.price;
    const opened = memory.words?.[bars[at - 1]?.session ?? '']?.previousClose?.price;
    return bell !== undefined && opened !== undefined && isWithin(bell / opened, factor, ONE_STEP);
  });
};

/**
 * Decides whether a whole history replaces ours: it has no large step that we do not know, and the last quote's previous
 * close agrees with it, or a split explains it, or the answer stays the same. `waitedMs`: how long this answer has been
 * given. Bars are usable and of ended sessions, oldest first. Pure.
 */
export const judgeWholeHistory = (
  bars: readonly Bar[],
  { splits }: Pick<History, 'splits'>,
  waitedMs: number,
  context: HistoryContext,
): WholeVerdict => {
  const { ours, memory } = context;
  const waits = (because: Waiting['because']): WholeVerdict => ({
    kind: 'waits',
    waiting: [{ session: ours.at(-1)?.session ?? '', because }],
  });
  const taken: WholeVerdict = { kind: 'taken', bars, waiting: [] };
  if (!areStepsKnown(bars, context)) return waits('mixed bases');
  const last = bars.at(-1);
  const told = last && memory.words?.[last.session]?.previousClose?.price;
  if (last && told !== undefined && isWithin(told, last.close, SAME_CLOSE)) return taken;
  if (told !== undefined) return waitedMs >= CONTRADICTED_ANSWER_MS ? taken : waits('history differs');
  const mine = new Map(ours.map((bar) => [bar.session, bar.close]));
  const isExplained = newSplits(ours, context.splits, splits).some(({ session, numerator, denominator }) =>
    bars.some((bar) => {
      const own = mine.get(bar.session);
      return bar.session < session && own !== undefined && isWithin(bar.close / own, denominator / numerator, ONE_STEP);
    }),
  );
  return isExplained || waitedMs >= SAME_ANSWER_MS ? taken : waits('history differs');
};

/**
 * Our bars in the unit of a split that is told but not yet in the source's rows: prices before it are divided, and so are
 * closes that quotes alone have said, which were kept in the unit before it.
 */
export const divideBars = (bars: readonly Bar[], { session, numerator, denominator }: Split): Bar[] => {
  const divided = (price: number) => Math.round((price * denominator) / numerator);
  return bars.map((bar) =>
    bar.session < session || bar.origin === 'quote'
      ? { ...withPrices(bar, divided), volume: Math.round((bar.volume * numerator) / denominator) }
      : bar,
  );
};
