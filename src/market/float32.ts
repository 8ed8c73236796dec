/** Nine digits always suffice to tell 32-bit floats apart. */
const MAX_DIGITS = 9;

/** The shortest decimal that is read as a given 32-bit float, and how many digits it has. */
export const shortestOf = (float: number): { readonly decimal: number; readonly digits: number } => {
  for (let digits = 1; digits < MAX_DIGITS; digits += 1) {
    const decimal = Number(float.toPrecision(digits));
    if (Math.fround(decimal) === float) return { decimal, digits };
  }
  return { decimal: Number(float.toPrecision(MAX_DIGITS)), digits: MAX_DIGITS };
};
