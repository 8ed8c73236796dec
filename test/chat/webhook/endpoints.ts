import type { Endpoint } from '../../../src/chat/webhook/endpoint.ts';
import { readSecrets } from '../../../src/chat/webhook/signature.ts';
import type { WebhookDouble } from '../../doubles/webhook/index.ts';

/** An endpoint `desk` at a receiver, with a path and a query that nobody may read. */
export const endpointAt = (
  { url, secret }: Pick<WebhookDouble, 'url' | 'secret'>,
  given: Partial<Endpoint> = {},
): Endpoint => ({
  name: 'desk',
  url: new URL('/hooks/hidden-path?token=hidden-query', url),
  secrets: readSecrets(secret) ?? [],
  private: true,
  urlVariable: 'DESK_URL',
  secretVariable: 'DESK_SECRET',
  ...given,
});
