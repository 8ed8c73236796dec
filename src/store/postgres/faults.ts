import { DatabaseError } from 'pg';
import { StoreError } from '../store-error.ts';

/** Makes a new database that sorts as SQLite does. */
const CREATE = (name: string): string => `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`;

/** How to make a database that can be used; it begins with its name, such as `slidewatch on localhost`. */
export const createAdvice = (name: string): string => `create one with ${CREATE(name.split(' ')[0] ?? name)}`;

/** What is wrong and what to do, by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const FAULTS: Readonly<Record<string, string | ((name: string) => string)>> = {
  '28000': 'does not let this user in; check the user in DATABASE_URL, and pg_hba.conf on the server',
  '28P01': 'refused the user or the password; check both in DATABASE_URL',
  '3D000': (name) => `does not exist; ${createAdvice(name)}, or check the name in DATABASE_URL`,
  '3F000': 'has no schema to write to; CREATE SCHEMA public in it, or set the search_path of its user',
  '42501': 'does not let its user write; make that user its owner, or GRANT ALL ON SCHEMA public to it',
  '58030': 'could not be read or written; check the disk of its server',
  XX001: 'is damaged; restore a backup',
  XX002: 'has a damaged index; REINDEX it, or restore a backup',
};

/** Reasons that pass, as far as they need other words than `lost its connection`. */
const PASSING: Readonly<Record<string, string>> = {
  '25006': 'is read-only; point DATABASE_URL at the primary server',
  '40001': 'had a conflict with another program',
  '40P01': 'had a deadlock with another program',
  '53100': 'could not be written: the disk of its server is full; free up space there',
  '53200': 'is out of memory',
  '53300': 'has too many connections; raise max_connections on its server, or close others',
};

/** After these a transaction is certain to be rolled back, and may be tried again on the same connection. */
const CONFLICTS = new Set(['40001', '40P01']);

/** Network errors that may pass, by Node's code. */
const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ENETDOWN: 'no network',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ENOENT: 'no such socket',
  EACCES: 'this user may not open the socket',
};

/** Codes of a connection that is gone. */
const GONE = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** The error of a connection on which a query got no answer for long. */
export const NO_ANSWER = 'PostgreSQL gave no answer';

/** How pg words a connection that has ended: those errors have no code. */
const ENDED =
  /^(Connection terminated|PostgreSQL gave no answer|Client (was closed|has encountered a connection error))/;

const CERTIFICATE = /^(CERT_|ERR_TLS_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;

const codeOf = (error: unknown): string => {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
};

const isReported = (error: unknown): error is DatabaseError => error instanceof DatabaseError;

/** 08: connection exceptions. 57P: the server stops, crashes, starts, or has dropped the session. */
const ENDS_SESSION = /^(08|57P0)/;

/** A plan that the connection keeps has become wrong, because another process has changed a table. */
const isPlanOutdated = ({ code, message }: DatabaseError): boolean => code === '0A000' && /cached plan/.test(message);

/** Whether the connection is no longer of use: lost, to a server that has become a standby, or with outdated plans. */
export const isLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (isReported(error)) return ENDS_SESSION.test(code) || code === '25006' || isPlanOutdated(error);
  return ENDED.test(error.message) || GONE.has(code);
};

/** Whether a transaction that failed with this was rolled back for a reason that passes. */
export const isPassing = (error: unknown): boolean =>
  isLost(error) || (isReported(error) && CONFLICTS.has(codeOf(error)));

/** Whether the server has never begun the transaction whose status it was asked for. */
export const isUnknownTransaction = (error: unknown): boolean => isReported(error) && codeOf(error) === '22023';

/** The StoreError for an error of a query; undefined for a bug, such as a syntax error. */
export const postgresFault = (error: unknown, name: string): StoreError | undefined => {
  if (error instanceof StoreError) return error;
  const of = (text: string, away: boolean) => new StoreError(`the database ${name} ${text}`, { cause: error, away });
  const code = codeOf(error);
  if (isReported(error)) {
    const passing = PASSING[code];
    if (passing !== undefined) return of(passing, true);
    const fault = FAULTS[code];
    if (fault !== undefined) return of(typeof fault === 'string' ? fault : fault(name), false);
  }
  return isLost(error) ? of('lost its connection', true) : undefined;
};

/**
 * The StoreError for an error of connecting; it has no cause, because some of pg's errors hold the whole configuration.
 * `away`: the server may answer later.
 */
export const connectingFault = (error: unknown, name: string): StoreError => {
  if (error instanceof StoreError) return error;
  const of = (text: string, away: boolean) => new StoreError(`the database ${name} ${text}`, { away });
  const code = codeOf(error);
  const message = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
  const unreachable = (why: string) =>
    of(`cannot be reached (${why}); check that PostgreSQL is running, and the host and port in DATABASE_URL`, true);
  if (isReported(error)) {
    if (code === '57P03') return of('is starting up or shutting down', true);
    const known = postgresFault(error, name);
    if (known) return of(known.message.slice(`the database ${name} `.length), known.away);
    return of(`refused the connection (${message}); check DATABASE_URL`, false);
  }
  if (CERTIFICATE.test(code))
    return of(
      `has a certificate that is not trusted (${code}); add sslrootcert=FILE to DATABASE_URL, or sslmode=require to encrypt without checking it`,
      false,
    );
  if (/does not support SSL/.test(message))
    return of('does not encrypt connections; take sslmode out of DATABASE_URL, or turn ssl on at its server', false);
  if (/SASL|password must be/.test(message))
    return of('wants a password; put it in DATABASE_URL: postgres://USER:PASSWORD@HOST/DATABASE', false);
  if (code in NETWORK) return unreachable(NETWORK[code] ?? code);
  if (ENDED.test(message) || message === 'timeout expired') return unreachable('no answer');
  return of(`cannot be opened (${message}); check DATABASE_URL`, false);
};
