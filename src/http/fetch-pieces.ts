import { TimeoutStrategy, timeout } from 'cockatiel';

export interface PiecesOptions {
  /** For the request and the whole body. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Of the body as it arrives unpacked; more is not read. */
  readonly maxBytes: number;
}

export interface FetchedPieces {
  readonly response: Response;
  /** The whole text if `receiver` did not want pieces, otherwise empty. */
  readonly body: string;
  /** Whether the body was longer than allowed; it was given up there. */
  readonly tooLong: boolean;
}

/**
 * One request whose body is handed over in pieces as it arrives, for what is too large to keep as one text. `receiver`
 * sees the head of the answer and says who takes the pieces; undefined for none. Does not follow redirects. Rejects as
 * `fetch` does, and with an AbortError on timeout or when `signal` aborts.
 */
export const fetchPieces = (
  address: URL,
  init: RequestInit,
  { timeoutMs, signal, maxBytes }: PiecesOptions,
  receiver: (response: Response) => ((piece: string) => void) | undefined,
): Promise<FetchedPieces> =>
  timeout(timeoutMs, TimeoutStrategy.Cooperative).execute(async (context) => {
    const response = await fetch(address, { ...init, redirect: 'manual', signal: context.signal });
    const take = receiver(response);
    if (!take || !response.body) return { response, body: await response.text(), tooLong: false };
    const decoder = new TextDecoder();
    let bytes = 0;
    for await (const piece of response.body) {
      bytes += piece.byteLength;
      if (bytes > maxBytes) return { response, body: '', tooLong: true };
      take(decoder.decode(piece, { stream: true }));
    }
    take(decoder.decode());
    return { response, body: '', tooLong: false };
  }, signal);
