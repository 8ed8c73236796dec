import type { HttpBindings } from '@hono/node-server';
import { NONCE, type SecureHeadersVariables, type secureHeaders } from 'hono/secure-headers';

export interface BoardEnv {
  /** Absent where no server is in between, as in tests. */
  Bindings: Partial<HttpBindings>;
  Variables: SecureHeadersVariables;
}

type Options = NonNullable<Parameters<typeof secureHeaders>[0]>;

/** Only the page's own resources and script are allowed; no frames around it, no referrer. */
export const headers: Options = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: [NONCE],
    styleSrc: [NONCE],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // The board is served over plain http.
  strictTransportSecurity: false,
};
