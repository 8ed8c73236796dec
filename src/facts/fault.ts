/** What is wrong with a fact file, where, and what to do about it. One line. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export const faultLine = ({ file, line, message }: Fault): string => `${file}:${line}: ${message}`;

/** The fact files cannot be used. The message has one line for each fault. */
export class FactsError extends Error {
  override readonly name = 'FactsError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(faultLine).join('\n'));
    this.faults = faults;
  }
}
