import { NONCE, type SecureHeadersVariables, type secureHeaders } from 'hono/secure-headers';

export interface BoardEnv {
  Variables: SecureHeadersVariables;
}

type Options = NonNullable<Parameters<typeof secureHeaders>[0]>;

/** The page loads nothing but itself, runs nothing but its own script, is framed by nobody and tells nobody where it is. */
export const headers: Options = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: [NONCE],
    styleSrc: [NONCE],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // Loopback has no certificate.
  strictTransportSecurity: false,
};
