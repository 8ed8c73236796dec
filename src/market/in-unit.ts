import type { Bar } from './bar.ts';

/** Bars with prices multiplied by `factor`; the same bars for a factor of 1. */
export const inUnit = (bars: readonly Bar[], factor: number): readonly Bar[] => {
  if (factor === 1) return bars;
  const times = (price: number) => Math.round(price * factor);
  return bars.map((bar) => ({
    ...bar,
    open: times(bar.open),
    high: times(bar.high),
    low: times(bar.low),
    close: times(bar.close),
  }));
};
