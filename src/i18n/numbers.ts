const MINUS = '\u2212';

const formatters = new Map<string, Intl.NumberFormat>();

/** One Intl.NumberFormat for each language and options, as they are slow to make. */
export const numberFormat = (language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${language} ${JSON.stringify(options)}`;
  const format = formatters.get(key) ?? new Intl.NumberFormat(language, options);
  formatters.set(key, format);
  return format;
};

/**
 * A number in the language's digits and grouping, with U+2212 as minus. Rounds half away from zero; a result of zero has
 * no sign. Throws RangeError for NaN and infinities: a card never shows them.
 */
export const formatNumber = (language: string, value: number, options: Intl.NumberFormatOptions): string => {
  if (!Number.isFinite(value)) throw new RangeError(`Expected a finite number to print, got ${value}`);
  const format = numberFormat(language, { signDisplay: 'negative', ...options });
  if (value > 0) return format.format(value);
  return format
    .formatToParts(value)
    .map((part) => (part.type === 'minusSign' ? MINUS : part.value))
    .join('');
};
