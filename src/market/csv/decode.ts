import { LineFault } from './csv-error.ts';

export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** How files begin that are called .csv and are something else, in hexadecimal. */
const OTHER_FILES: readonly (readonly [string, string])[] = [
  ['504b0304', 'an Excel workbook or a ZIP archive; open it and save the sheet as CSV'],
  ['d0cf11e0', 'an old Excel workbook; open it and save the sheet as CSV'],
  ['1f8b', 'a gzip archive; unpack it'],
  ['25504446', 'a PDF; download the prices as CSV'],
];

/** How texts begin that are no table. */
const OTHER_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(!doctype|html|\?xml|table)/i, 'a web page; download the prices again, as CSV'],
  [/^\s*[[{]/, 'JSON; download the prices as CSV'],
];

const NO_TEXT = /[\p{Cc}--[\t\n\v\f\r]]/v;

const encodingOf = (bytes: Uint8Array): string => {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return 'utf-8';
};

const decoded = (bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * The text of a file, without its byte-order mark, which decides the encoding. Without one it is UTF-8, or
 * Windows-1252 if it cannot be that.
 * @throws LineFault if it is not text, saying what it looks like.
 */
export const decode = (bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } => {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  const file = OTHER_FILES.find(([start]) => begin.startsWith(start));
  if (file) throw new LineFault(1, `this is ${file[1]}`);
  const encoding = encodingOf(bytes);
  const strict = decoded(bytes, encoding, true);
  const text = strict ?? decoded(bytes, encoding === 'utf-8' ? 'windows-1252' : encoding, false) ?? '';
  if (NO_TEXT.test(text)) {
    const looks = text.includes('\0') ? 'UTF-16 without a byte-order mark' : 'something other than text';
    throw new LineFault(1, `the file cannot be read, it looks like ${looks}; save it as CSV in UTF-8`);
  }
  const other = OTHER_TEXTS.find(([start]) => start.test(text));
  if (other) throw new LineFault(1, `this is ${other[1]}`);
  if (encoding !== 'utf-8') return { text, encoding: 'UTF-16' };
  return { text, encoding: strict === undefined ? 'Windows-1252' : 'UTF-8' };
};
