/** A cursor's text: the id of the last entry of the page before. */
const CURSOR = /^[A-Za-z0-9_-]{1,400}$/;

export const cursorOf = (id: string | number): string => Buffer.from(String(id), 'utf8').toString('base64url');

/** The id in a cursor; undefined for a text that `cursorOf` never makes. */
export const idIn = (cursor: string): string | undefined => {
  if (!CURSOR.test(cursor)) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  return cursorOf(id) === cursor ? id : undefined;
};

export const isCursor = (text: string): boolean => idIn(text) !== undefined;
