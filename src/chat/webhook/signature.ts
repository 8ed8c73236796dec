import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
/** Bytes of a key, by the Standard Webhooks specification. */
const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/** The form of a secret, for messages. */
export const SECRET_FORM = `${PREFIX} and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} random bytes, such as from: echo "${PREFIX}$(openssl rand -base64 32)"`;

/**
 * The keys in a variable: one secret, or several with spaces between them while one takes the place of another. Undefined if one is
 * not of the form.
 */
export const readSecrets = (text: string): Uint8Array[] | undefined => {
  const keys = text
    .split(/\s+/)
    .map((secret) => (secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.of()));
  const isBase64 = text.split(/\s+/).every((secret) => /^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(PREFIX.length)));
  return isBase64 && keys.every(({ length }) => length >= LEAST_BYTES && length <= MOST_BYTES) ? keys : undefined;
};

/** What is signed: the same event has the same id on every try, and each try its own time. */
interface Signed {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly body: string;
}

/** The headers of Standard Webhooks: id, time of this try in epoch seconds, and a signature for each key. */
export const signedHeaders = (secrets: readonly Uint8Array[], { id, now, body }: Signed): Record<string, string> => {
  const timestamp = String(Math.floor(now / 1_000));
  const signatures = secrets.map(
    (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};
