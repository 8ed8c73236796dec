const MINUS = '\u2212';

const formatters = new Map<string, Intl.NumberFormat>();

/** Intl.NumberFormat is slow to make and never changes: one for each language and options. */
export const numberFormat = (language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, options);
  formatters.set(key, made);
  return made;
};

/**
 * A number in the language's digits and grouping; the minus is U+2212. Rounds half away from zero, and what rounds
 * to zero has no sign. Throws RangeError for NaN and infinities: a card never shows them.
 */
export const formatNumber = (language: string, value: number, options: Intl.NumberFormatOptions): string => {
  if (!Number.isFinite(value)) throw new RangeError(`Expected a finite number to print, got ${value}`);
  const format = numberFormat(language, { signDisplay: 'negative', ...options });
  return format
    .formatToParts(value)
    .map((part) => (part.type === 'minusSign' ? MINUS : part.value))
    .join('');
};
