import type { Bar } from './bar.ts';
import type { Micros } from './money.ts';

/** A bar with each of its prices changed in the same way. */
export const withPrices = (bar: Bar, change: (price: Micros) => Micros): Bar => ({
  ...bar,
  open: change(bar.open),
  high: change(bar.high),
  low: change(bar.low),
  close: change(bar.close),
});

/** Bars with prices multiplied by `factor`; the same bars for a factor of 1. */
export const inUnit = (bars: readonly Bar[], factor: number): readonly Bar[] =>
  factor === 1 ? bars : bars.map((bar) => withPrices(bar, (price) => Math.round(price * factor)));
