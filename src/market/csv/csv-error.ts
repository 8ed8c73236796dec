/** A price file is not usable. The message is one line: file, line, fault. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

/** What is wrong with one line of the file that is being read. Its reader adds the path. */
export class LineFault extends Error {
  override readonly name = 'LineFault';
  readonly line: number;

  constructor(line: number, fault: string) {
    super(fault);
    this.line = line;
  }
}

/** A cell quoted for a message: shortened, without control characters. */
export const quoted = (cell: string): string => `"${cell.slice(0, 60).replace(/\p{Cc}/gu, '?')}"`;
