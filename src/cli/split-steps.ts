import type { Bar } from '../market/bar.ts';
import { commonFactorOf, LIKE_A_SPLIT } from '../market/basis.ts';
import type { SessionDate } from '../market/calendar.ts';
import { stepText } from './told-splits.ts';

/** A smaller step is like no split; most days are done with here. */
const SMALLEST = 1.4;

/** A split shows at the opening bell: at least this much of the step, as a power, lies before it. */
const SHARE_AT_OPEN = 0.5;

/** A step in a series that is like that of a split. */
export interface Step {
  readonly before: Bar;
  readonly after: Bar;
  /** Of the split that it is like, above 1. */
  readonly factor: number;
}

const isAtOpen = (before: Bar, after: Bar): boolean =>
  Math.log(before.close / after.open) / Math.log(before.close / after.close) >= SHARE_AT_OPEN;

/** The first step like that of a split, but for those on days that are told to be none. */
export const firstStep = (bars: readonly Bar[], told: readonly SessionDate[]): Step | undefined => {
  for (let at = 1; at < bars.length; at += 1) {
    const before = bars[at - 1] as Bar;
    const after = bars[at] as Bar;
    const { close } = after;
    if (close * SMALLEST > before.close && before.close * SMALLEST > close) continue;
    const factor = commonFactorOf(close / before.close, LIKE_A_SPLIT);
    if (factor !== undefined && isAtOpen(before, after) && !told.includes(after.session))
      return { before, after, factor };
  }
  return undefined;
};

const RATIO_DIGITS = 3;

/** What a person is asked about a step. */
export const stepFault = ({ before, after, factor }: Step): string => {
  const isReverse = after.close > before.close;
  const ratio = Math.max(before.close, after.close) / Math.min(before.close, after.close);
  const shown = Number(ratio.toPrecision(RATIO_DIGITS));
  const whole = factor === 1.5 ? ['3', '2'] : [`${factor}`, '1'];
  const [many, one] = whole as [string, string];
  const name = isReverse ? `${one}-for-${many}` : `${many}-for-${one}`;
  const typed = isReverse ? `${one}/${many}` : one === '1' ? many : `${many}/${one}`;
  return (
    `${stepText([before, after])}, a ratio of ${isReverse ? `1:${shown}` : `${shown}:1`} like a ${name} split; ` +
    `is the file adjusted for splits? If not, add --split ${after.session}:${typed}; ` +
    `if the price really moved so, add --split ${after.session}:1`
  );
};
