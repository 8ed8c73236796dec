const CACHE_SIZE = 1_000;
const known = new Map<string, boolean>();

/**
 * Whether `text` is an IANA time zone such as `Asia/Seoul`. Offsets such as `+09:00` are not. Asks Temporal, which all
 * times are computed with: Intl also accepts old names such as `JST`, which Temporal refuses, and is slow to load.
 */
export const isTimeZone = (text: string): boolean => {
  const before = known.get(text);
  if (before !== undefined) return before;
  let valid = /^[A-Za-z]/.test(text);
  try {
    if (valid) new Temporal.ZonedDateTime(0n, text);
  } catch {
    valid = false;
  }
  if (known.size < CACHE_SIZE) known.set(text, valid);
  return valid;
};
