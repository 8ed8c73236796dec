import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The secret of an Authorization header: a bearer token, or the password that a browser asks for. */
const secretOf = (header: string): string | undefined => {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
};

/** Checks whether an Authorization header carries the token, in a time that tells nothing about it. */
export const tokenCheck = (token: string): ((header: string | undefined) => boolean) => {
  const expected = digest(token);
  return (header) => {
    const secret = header === undefined ? undefined : secretOf(header);
    return secret !== undefined && timingSafeEqual(digest(secret), expected);
  };
};
