import { fetchPieces } from '../../../http/fetch-pieces.ts';
import { MINUTE_MS } from '../../../util/durations.ts';
import { EdgarError, edgarFailure, unreached } from '../edgar-error.ts';
import { createDocumentReader, type FiledText } from '../inline/read-document.ts';

export interface GetDocumentOptions {
  /** Origin. */
  readonly url: string;
  readonly userAgent: string;
  readonly signal: AbortSignal | undefined;
  /** For one request, its body included. */
  readonly timeoutMs?: number;
  /** Of the document, unpacked. */
  readonly maxBytes?: number;
}

/** The largest reports of the seven have 12 MB. */
const MAX_BYTES = 30_000_000;

const IS_MARKUP = /^(?:text\/html|application\/xhtml\+xml|text\/xml|application\/xml)\b/i;

/**
 * Makes one request for a document of a filing and reads it as it arrives; undefined for HTTP 404. Throws EdgarError:
 * `unreachable` if the document was cut off, `unreadable` if it is too large or no document at all.
 */
export const createGetDocument =
  ({ url, userAgent, signal, timeoutMs = 2 * MINUTE_MS, maxBytes = MAX_BYTES }: GetDocumentOptions) =>
  async (path: string): Promise<FiledText | undefined> => {
    const address = new URL(path, url);
    const reader = createDocumentReader();
    const headers = { 'user-agent': userAgent, 'accept-encoding': 'gzip, deflate', accept: 'text/html' };
    let type = '';
    const { response, body, tooLong } = await fetchPieces(
      address,
      { headers },
      { timeoutMs, signal, maxBytes },
      ({ status, headers: answered }) => {
        type = answered.get('content-type') ?? 'of no type';
        return status === 200 && IS_MARKUP.test(type) ? reader.write : undefined;
      },
    ).catch((cause: unknown) => {
      throw unreached(address, cause);
    });
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw edgarFailure(response, body);
    if (tooLong)
      throw new EdgarError(
        'unreadable',
        `EDGAR's document ${path} is larger than ${maxBytes / 1_000_000} MB; its figures are not read`,
      );
    if (!IS_MARKUP.test(type))
      throw new EdgarError('unreadable', `EDGAR's answer to ${path} is ${type} instead of a document; check EDGAR_URL`);
    const text = reader.end();
    if (!text) throw new EdgarError('unreachable', `EDGAR's document ${path} was cut off; new figures are delayed`);
    return text;
  };
