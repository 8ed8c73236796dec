import { TimeoutStrategy, timeout } from 'cockatiel';

export interface Fetched {
  readonly response: Response;
  readonly body: string;
}

/**
 * One request, its body included, that ends within `timeoutMs`. Does not follow redirects. Rejects as `fetch` does, and
 * with an AbortError on timeout or when `signal` aborts.
 */
export const fetchText = (
  address: URL,
  init: RequestInit,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Fetched> =>
  timeout(timeoutMs, TimeoutStrategy.Cooperative).execute(async (context) => {
    const response = await fetch(address, { ...init, redirect: 'manual', signal: context.signal });
    return { response, body: await response.text() };
  }, signal);
