import { resolve } from 'node:path';
import { StoreError } from './store-error.ts';

const SQLITE_SCHEME = 'sqlite:';

/** A SQLite database that lives as long as its connection. */
export const MEMORY = ':memory:';

/**
 * `postgres://USER:PASSWORD@HOST:PORT/DATABASE?OPTIONS`. Only one @ and no #: a password with such a character that is
 * not percent-encoded would otherwise be read as a host or a database, and then stand in a message.
 */
const POSTGRES = /^postgres(?:ql)?:\/\/(?:[^/?#@\s]*@)?[^/?#@\s]*\/[^/?#@\s]+(?:\?[^#@\s]*)?$/;

/** What DATABASE_URL may be; for messages. */
export const DATABASE_URL_FORM =
  'expected sqlite:PATH, such as sqlite:data/slidewatch.db, or postgres://USER:PASSWORD@HOST/DATABASE with special characters of the password percent-encoded (@ is %40)';

export const isPostgresUrl = (url: string): boolean => POSTGRES.test(url);

/** Whether the form is right; nothing is opened. SQLite deletes a database with an empty name when it is closed. */
export const isDatabaseUrl = (url: string): boolean =>
  isPostgresUrl(url) || (url.startsWith(SQLITE_SCHEME) && url !== SQLITE_SCHEME);

/** The path in a `sqlite:PATH` URL. @throws StoreError for any other URL; it never repeats a password. */
export const sqlitePath = (url: string): string => {
  if (url.startsWith(SQLITE_SCHEME) && url !== SQLITE_SCHEME) return url.slice(SQLITE_SCHEME.length);
  const [scheme] = /^[a-z]+:/i.exec(url) ?? [];
  throw new StoreError(`DATABASE_URL: ${DATABASE_URL_FORM}${scheme === undefined ? '' : `; got "${scheme}..."`}`);
};

/** The URL with a relative SQLite path resolved against `folder`. @throws StoreError if it is no database URL. */
export const databaseUrlIn = (folder: string, url: string): string => {
  if (isPostgresUrl(url)) return url;
  const path = sqlitePath(url);
  return path === MEMORY ? url : `${SQLITE_SCHEME}${resolve(folder, path)}`;
};
