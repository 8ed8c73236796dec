import type { Bar, Split } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import { fromMicros } from '../market/money.ts';

/** A split that a person tells of prices that are not adjusted for it. */
export interface ToldSplit extends Split {
  /** As typed. */
  readonly text: string;
  /** As typed; absent for whatever file has such a step on that day. */
  readonly symbol?: string;
}

const TOLD = /^(?:([^:]+):)?(\d{4}-\d\d-\d\d):(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/;

/** `2024-06-10:10`, `NVDA:2024-06-10:10`, `2024-06-10:3/2` or `2024-06-10:1/10`; undefined for anything else. */
export const toldSplit = (text: string): ToldSplit | undefined => {
  const [, symbol, session = '', numerator, denominator = '1'] = TOLD.exec(text.trim()) ?? [];
  const split = { text, session, numerator: Number(numerator), denominator: Number(denominator) };
  if (!(split.numerator > 0 && split.denominator > 0)) return undefined;
  return symbol === undefined ? split : { ...split, symbol };
};

/** New shares for each old one. */
export const factorOf = ({ numerator, denominator }: Split): number => numerator / denominator;

/** A smaller factor does not show in the prices of one day. */
const SHOWS_FROM = 1.4;
/** How far the prices may move beside a split. */
const OWN_MOVE = 1.35;

const size = (ratio: number): number => Math.abs(Math.log(ratio));

/** The closes before and after the morning of a split; undefined if the rows lie on one side of it. */
export const closesAround = (bars: readonly Bar[], session: SessionDate): readonly [Bar, Bar] | undefined => {
  const at = bars.findIndex((bar) => bar.session >= session);
  const [before, after] = [bars[at - 1], bars[at]];
  return before && after ? [before, after] : undefined;
};

/** Whether the prices have the step of a split: yes, no, or too small to be told from a day's move. */
export const shows = (bars: readonly Bar[], split: Split): 'yes' | 'no' | 'small' => {
  const around = closesAround(bars, split.session);
  if (!around) return 'no';
  const factor = factorOf(split);
  if (size(factor) < size(SHOWS_FROM)) return 'small';
  return size(around[0].close / around[1].close / factor) < size(OWN_MOVE) ? 'yes' : 'no';
};

/** Prices before the split, divided by its factor. */
export const divided = (bars: readonly Bar[], split: Split): readonly Bar[] => {
  const { session, numerator, denominator } = split;
  const price = (micros: number): number => Math.round((micros * denominator) / numerator);
  return bars.map((bar) =>
    bar.session >= session
      ? bar
      : {
          session: bar.session,
          open: price(bar.open),
          high: price(bar.high),
          low: price(bar.low),
          close: price(bar.close),
          volume: Math.round((bar.volume * numerator) / denominator),
        },
  );
};

/** "the close goes from 1208.88 on 2024-06-07 to 121.79 on 2024-06-10" */
export const stepText = ([before, after]: readonly [Bar, Bar]): string =>
  `the close goes from ${fromMicros(before.close)} on ${before.session} to ${fromMicros(after.close)} on ${after.session}`;
