const MINUS = '−';
/** Shown for what is not disclosed. */
export const NOT_KNOWN = '\u2013';

/** A price is known to the micro-unit. */
const MAX_DECIMALS = 6;

const formats = Array.from(
  { length: MAX_DECIMALS + 1 },
  (_, decimals) => new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
);

const fixed = (value: number, decimals: number): string =>
  (formats[Math.min(decimals, MAX_DECIMALS)] as Intl.NumberFormat).format(value);

/** Half a unit, so that 999,999.6 becomes 1M and not the wider 1,000,000. */
const HALF_A_UNIT = 0.5;

const unitOf = (value: number): { readonly size: number; readonly suffix: string } => {
  if (value + HALF_A_UNIT >= 1e12) return { size: 1e12, suffix: 'T' };
  if (value + HALF_A_UNIT >= 1e9) return { size: 1e9, suffix: 'B' };
  if (value + HALF_A_UNIT >= 1e6) return { size: 1e6, suffix: 'M' };
  return { size: 1, suffix: '' };
};

/** Two decimals, none from 1,000 on, and at least two significant digits below 0.1. */
const decimalsOf = (price: number): number => {
  if (price >= 1000) return 0;
  if (price >= 0.1 || price <= 0) return 2;
  return 1 - Math.floor(Math.log10(price));
};

/** A price as a picture shows it: 0.098, 0.50, 103.73, 17,342, 1.23M. */
export const priceLabel = (price: number): string => {
  const { size, suffix } = unitOf(price);
  if (size === 1) return fixed(price, decimalsOf(price));
  const scaled = price / size;
  return `${fixed(scaled, scaled < 100 ? 2 : 1)}${suffix}`;
};

/**
 * Labels for the ticks of one axis, all with the same unit and as many decimals as their step needs. `scale`: what a tick
 * of one stands for, such as a billion.
 */
export const tickLabels = (values: readonly number[], scale = 1): readonly string[] => {
  const ticks = values.map((value) => value * scale);
  const { size, suffix } = unitOf(Math.max(0, ...ticks));
  const step = ((ticks[1] ?? 0) - (ticks[0] ?? 0)) / size;
  const needed = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) : 2;
  const decimals = size === 1 && needed > 0 ? Math.max(2, needed) : needed;
  return ticks.map((tick) => `${fixed(tick / size, decimals)}${suffix}`);
};

/**
 * A change in percent with its sign, half rounded away from zero: −23.5%, +1.2%, 0.0%. No space: it serves every
 * language.
 */
export const percentLabel = (percent: number, decimals = 1): string => {
  const factor = 10 ** decimals;
  const rounded = Math.round(Math.abs(percent) * factor) / factor;
  const sign = rounded === 0 ? '' : percent < 0 ? MINUS : '+';
  return `${sign}${rounded.toFixed(decimals)}%`;
};

/** A level or a tick in percent, without needless decimals: −20%, −2.5%, 0%. */
export const levelLabel = (percent: number): string => percentLabel(percent, Number.isInteger(percent) ? 0 : 1);

/** From this change on, in percent, labels have thousands separators and no decimals. */
const LARGE_CHANGE_PERCENT = 1000;

/** A change over a long time, in percent: −16.8%, +122.0%, +20,512%. */
export const changeLabel = (percent: number): string =>
  percent < LARGE_CHANGE_PERCENT ? percentLabel(percent) : `+${priceLabel(percent)}%`;
