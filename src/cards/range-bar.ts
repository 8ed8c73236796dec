const PLACES = 13;

/**
 * Where a price lies between two others, as text that needs no font of equal widths: ▕▁▁▁▁▁▁▁▁●▁▁▁▁▏. A range of
 * nothing has the price in its middle.
 */
export const rangeBar = (price: number, low: number, high: number): string => {
  const share = high > low ? (price - low) / (high - low) : 0.5;
  const at = Math.round(Math.min(Math.max(share, 0), 1) * (PLACES - 1));
  return `▕${'▁'.repeat(at)}●${'▁'.repeat(PLACES - 1 - at)}▏`;
};
