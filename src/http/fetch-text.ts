import { TimeoutStrategy, timeout } from 'cockatiel';

export interface Fetched {
  readonly response: Response;
  readonly body: string;
}

/**
 * One request that always ends: its whole answer, body included, within `timeoutMs`. Follows no redirect. Rejects as
 * `fetch` does, and with an AbortError when the time is over or `signal` breaks off.
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
