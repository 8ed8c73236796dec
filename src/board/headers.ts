import type { HttpBindings } from '@hono/node-server';
import type { SecureHeadersVariables, secureHeaders } from 'hono/secure-headers';
import type { LiveParts } from './live-parts.ts';
import { inlined } from './page/assets.ts';

export interface BoardEnv {
  Bindings: Partial<HttpBindings> & {
    /** Takes the parts of a page instead of its markup, for the event streams. */
    readonly take?: (parts: LiveParts) => void;
  };
  Variables: SecureHeadersVariables;
}

type Options = NonNullable<Parameters<typeof secureHeaders>[0]>;

/**
 * Only the page's own resources are allowed, and of styles and scripts only those that are in every page, by their hashes: so
 * a page with the same content is the same page. No frames around it, no referrer.
 */
export const headers: Options = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: inlined.scripts,
    styleSrc: inlined.styles,
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
