/** How a transformation of the inline XBRL registries reads a text; formats that spell numbers out are not read. */
type Transformation = (text: string) => string | undefined;

const plain = (text: string): string | undefined => (/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? text : undefined);

const dotDecimal: Transformation = (text) => plain(text.replaceAll(',', ''));

const commaDecimal: Transformation = (text) => plain(text.replaceAll('.', '').replace(',', '.'));

const zero: Transformation = () => '0';

/** By the format's name without its prefix; older registries write "numdotdecimal" and "numcommadecimal". */
const TRANSFORMATIONS: Readonly<Record<string, Transformation>> = {
  'num-dot-decimal': dotDecimal,
  numdotdecimal: dotDecimal,
  'num-comma-decimal': commaDecimal,
  numcommadecimal: commaDecimal,
  'fixed-zero': zero,
  'zero-dash': zero,
  zerodash: zero,
};

export interface NumberMarkup {
  /** "ixt:num-dot-decimal"; undefined for a plain number. */
  readonly format: string | undefined;
  /** Power of ten; default 0. */
  readonly scale: string | undefined;
  /** "-" turns the sign. */
  readonly sign: string | undefined;
}

/**
 * The value that an `ix:nonFraction` shows as `text`: scaled by its power of ten, exact to the last digit shown.
 * Undefined if the format is not known or the text is not of it.
 */
export const numberIn = (text: string, { format, scale = '0', sign }: NumberMarkup): number | undefined => {
  const read = format === undefined ? plain : TRANSFORMATIONS[format.slice(format.indexOf(':') + 1)];
  // Spaces of any kind group digits in some filings.
  const digits = read?.(text.replaceAll(/\s/g, ''));
  if (digits === undefined || !/^-?\d{1,2}$/.test(scale)) return undefined;
  const value = Number(`${digits}e${scale}`);
  return sign === '-' && value !== 0 ? -value : value;
};
