/**
 * `contact`: EDGAR_CONTACT is missing or of no use; `unreachable`: no answer, or trouble on their side; `throttled`:
 * stay away for a while; `refused`: no waiting helps; `unreadable`: an answer or a file that we cannot use.
 */
export type EdgarFault = 'contact' | 'unreachable' | 'throttled' | 'refused' | 'unreadable';

interface Details extends ErrorOptions {
  /** How long EDGAR told us to stay away. */
  readonly retryAfterMs?: number | undefined;
}

/** The one error of this folder. The message is one line and holds no body and no contact. */
export class EdgarError extends Error {
  override readonly name = 'EdgarError';
  readonly fault: EdgarFault;
  readonly retryAfterMs: number | undefined;

  constructor(fault: EdgarFault, message: string, { retryAfterMs, ...options }: Details = {}) {
    super(message, options);
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}
