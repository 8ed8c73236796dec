/** A fault in a fact file. The message is one line: what is wrong and how to fix it. */
export interface FactFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const faultLine = ({ file, line, message }: FactFault): string => `${file}:${line}: ${message}`;

/** The fact files cannot be used. The message has one line for each fault. */
export class FactsError extends Error {
  override readonly name = 'FactsError';
  readonly faults: readonly FactFault[];

  constructor(faults: readonly FactFault[]) {
    super(faults.map(faultLine).join('\n'));
    this.faults = faults;
  }
}
