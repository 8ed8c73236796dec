/** From this ratio of the highest to the lowest value on, a scale is logarithmic. */
const MIN_LOGARITHMIC_RATIO = 8;

/** Whether values from `low` to `high` span so much that a linear scale would flatten the low ones. */
export const isLogarithmic = (low: number, high: number): boolean => low > 0 && high >= low * MIN_LOGARITHMIC_RATIO;
