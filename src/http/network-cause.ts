const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  EPIPE: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
  ETIMEDOUT: 'connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'DNS lookup failed',
  ENETUNREACH: 'network unreachable',
  EHOSTUNREACH: 'host unreachable',
  // Yahoo's cookie page has sent 12 KB of headers; Node's limit is 16.
  UND_ERR_HEADERS_OVERFLOW: 'response headers too long; start node with --max-http-header-size=65536',
};

/** undici refuses some ports, such as 1, by this message alone. */
const isBlockedPort = (error: unknown): boolean =>
  error instanceof Error && (error.message === 'bad port' || isBlockedPort(error.cause));

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
};

/** Why a fetch failed, for people: "connection refused". */
export const networkCause = (error: unknown): string => {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return 'request timed out';
  }
  if (isBlockedPort(error)) return 'a port that HTTP clients refuse';
  const code = codeOf(error);
  return (code === undefined ? undefined : CAUSES[code]) ?? code ?? 'unknown network error';
};
