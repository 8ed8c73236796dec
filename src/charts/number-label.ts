const MINUS = '−';

/** A price is known to the micro-unit. */
const MOST_DECIMALS = 6;

const formats = Array.from(
  { length: MOST_DECIMALS + 1 },
  (_, decimals) => new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
);

const fixed = (value: number, decimals: number): string =>
  (formats[Math.min(decimals, MOST_DECIMALS)] as Intl.NumberFormat).format(value);

/** Half of the last shown whole number, so that 999,999.6 is 1M and not the wider 1,000,000. */
const ROUNDING = 0.5;

const unitOf = (value: number): { readonly size: number; readonly suffix: string } => {
  if (value + ROUNDING >= 1e9) return { size: 1e9, suffix: 'B' };
  if (value + ROUNDING >= 1e6) return { size: 1e6, suffix: 'M' };
  return { size: 1, suffix: '' };
};

/** Decimals that show at least two significant digits of a price below 0.1, and cents above. */
const decimalsOf = (price: number): number => {
  if (price >= 1000) return 0;
  if (price >= 0.1 || price <= 0) return 2;
  return 1 - Math.floor(Math.log10(price));
};

/** A price as a mark shows it: 0.098, 0.50, 103.73, 17,342, 1.23M. */
export const priceLabel = (price: number): string => {
  const { size, suffix } = unitOf(price);
  if (size === 1) return fixed(price, decimalsOf(price));
  const scaled = price / size;
  return `${fixed(scaled, scaled < 100 ? 2 : 1)}${suffix}`;
};

/** How the ticks of one axis read: all with the same unit and as many decimals as their step needs. */
export const tickLabels = (ticks: readonly number[]): readonly string[] => {
  const { size, suffix } = unitOf(Math.max(0, ...ticks));
  const step = ((ticks[1] ?? 0) - (ticks[0] ?? 0)) / size;
  const needed = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) : 2;
  const decimals = size === 1 && needed > 0 ? Math.max(2, needed) : needed;
  return ticks.map((tick) => `${fixed(tick / size, decimals)}${suffix}`);
};

/** A change in percent with its sign, half rounded away from zero: −23.5%, +1.2%, 0.0%. No space: it serves every language. */
export const percentLabel = (percent: number, decimals = 1): string => {
  const factor = 10 ** decimals;
  const rounded = Math.round(Math.abs(percent) * factor) / factor;
  const sign = rounded === 0 ? '' : percent < 0 ? MINUS : '+';
  return `${sign}${rounded.toFixed(decimals)}%`;
};

/** A level or a tick in percent, without needless decimals: −20%, −2.5%, 0%. */
export const levelLabel = (percent: number): string => percentLabel(percent, Number.isInteger(percent) ? 0 : 1);
