import { percentLabel, priceLabel } from './number-label.ts';

/** From here on, in percent, a decimal says nothing and the thousands want a comma. */
const LARGE = 1000;

/** A change over a long time: −16.8%, +122.0%, +20,512%. */
export const changeLabel = (percent: number): string =>
  percent < LARGE ? percentLabel(percent) : `+${priceLabel(percent)}%`;
