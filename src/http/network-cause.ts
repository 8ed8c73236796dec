const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  EPIPE: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ENOTFOUND: 'no such host name',
  EAI_AGAIN: 'host names cannot be looked up',
  ENETUNREACH: 'no route to the network',
  EHOSTUNREACH: 'no route to the host',
  // Yahoo's page for cookies has sent 12 KB of headers, and Node stops reading at 16.
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too long; start node with --max-http-header-size=65536',
};

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
};

/** Why a fetch failed, in plain words: "connection refused". */
export const networkCause = (error: unknown): string => {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return 'no answer in time';
  }
  const code = codeOf(error);
  return (code === undefined ? undefined : WORDS[code]) ?? code ?? 'unknown network fault';
};
