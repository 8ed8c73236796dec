import { HostError, type HostFault } from '../../http/host-error.ts';
import { createHostFailures, retryAfterMs } from '../../http/host-failures.ts';

/** `contact`: EDGAR_CONTACT is missing or not usable. `unreadable` may also be a file on disk. */
export type EdgarFault = HostFault | 'contact';

/** The only error that this folder throws. The message is one line, without bodies and without the contact. */
export class EdgarError extends HostError<EdgarFault> {
  override readonly name = 'EdgarError';
}

const failures = createHostFailures({
  name: 'EDGAR',
  create: (...failure) => new EdgarError(...failure),
  // The SEC also throttles with 403 and an HTML page.
  throttlingStatuses: [403, 429],
  stayAwayMs: retryAfterMs,
  remedies: {
    network: 'check the network or EDGAR_URL',
    unreachable: 'the fault is on its side: wait',
    throttled:
      'wait, and end other programs that ask EDGAR from this address: it opens again after ten minutes without a request',
  },
});

const CONSEQUENCE = 'new figures are delayed';

export const unreached = (address: URL, cause: unknown): EdgarError => failures.unreached(address, cause, CONSEQUENCE);

export const { paused } = failures;

/**
 * The error of an answer that is not 200, 304 or 404. A 403 page about undeclared tools means that the contact is
 * unknown; the SEC also sends it to clients that it throttles.
 */
export const edgarFailure = (response: Response, body: string): EdgarError => {
  const { status, headers } = response;
  if (status === 403 && /undeclared automated tool/i.test(body)) {
    return new EdgarError(
      'throttled',
      'EDGAR rejected the contact (HTTP 403); check that EDGAR_CONTACT is your name and a working e-mail address',
      { retryAfterMs: retryAfterMs(headers) },
    );
  }
  return (
    failures.ofStatus(response, CONSEQUENCE) ?? failures.refused(status, 'check EDGAR_URL, or its API may have changed')
  );
};
