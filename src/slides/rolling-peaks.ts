import type { Micros } from '../market/money.ts';

/** The highest of the last `window` closes at each session, its own included; fewer at the start of the record. */
export const rollingPeaks = (closes: readonly Micros[], window: number): Micros[] => {
  /** Places with falling closes; from `first` on they are those of the window, and the first one is its peak. */
  const candidates: number[] = [];
  let first = 0;
  return closes.map((close, at) => {
    while (candidates.length > first && (closes[candidates.at(-1) as number] as Micros) <= close) candidates.pop();
    candidates.push(at);
    while (at - (candidates[first] as number) >= window) first += 1;
    return closes[candidates[first] as number] as Micros;
  });
};
