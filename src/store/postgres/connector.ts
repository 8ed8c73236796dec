import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { Client } from 'pg';
import { silent } from '../../telemetry/log.ts';
import type { StoreOptions } from '../engine.ts';
import { StoreError } from '../store-error.ts';
import type { PostgresConfig } from './config.ts';
import { connectingFault } from './faults.ts';

const OPENING_WAIT_MS = 5_000;
const RUNNING_WAIT_MS = 60_000;
/** Waits between tries; each is spread by cockatiel. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;
/** A server that has been away for long is asked this often, however many want to know. */
const PROBE_INTERVAL_MS = 1_000;
/** How long the session before is given to end. */
const END_WAIT_MS = 5_000;

/** A server process; its start tells it from a later one with the same number. */
interface Backend {
  readonly pid: number;
  readonly since: string;
}

interface Outage {
  /** Of performance.now(). */
  readonly since: number;
  readonly deadline: number;
  readonly triedAt: number;
  readonly fault: StoreError;
}

interface ConnectOptions {
  /** Waits until the server answers or the bot stops. */
  readonly patient?: boolean;
  /** Logs nothing: somebody else says that the server is away. */
  readonly quiet?: boolean;
}

/** Makes connections to one server, one after the other: each ends the one before. */
export interface Connector {
  /**
   * A new connection. While the server is away it is asked again and again, until it has been away for `waitMs`. An outage and its end are one line each in the log.
   * @throws StoreError; `away` if the server may answer later.
   */
  connect(options?: ConnectOptions): Promise<Client>;
}

/** A connection that is lost while nobody uses it is found out by its next query. */
const ignore = (): void => undefined;

export const createConnector = (
  { name, client: config }: PostgresConfig,
  { waitMs, log = silent, signal }: StoreOptions,
): Connector => {
  let before: Backend | undefined;
  let outage: Outage | undefined;

  /**
   * Ends the session before, which the server may not know to be lost: its locks would stay, and so would the doubt
   * whether its last transaction was committed.
   */
  const endSessionBefore = async (client: Client): Promise<void> => {
    const self = await client.query<Backend>(
      'select pid, backend_start::text as since from pg_stat_activity where pid = pg_backend_pid()',
    );
    if (before)
      await client.query(
        'select pg_terminate_backend(pid, $3) from pg_stat_activity where pid = $1 and backend_start::text = $2',
        [before.pid, before.since, END_WAIT_MS],
      );
    before = self.rows[0];
  };

  const noteFault = (error: unknown, quiet: boolean): StoreError => {
    const plain = connectingFault(error, name);
    // Once it has let this bot in, whatever keeps it out may pass.
    const fault = before && !plain.away ? new StoreError(plain.message, { away: true }) : plain;
    if (!fault.away) return fault;
    const triedAt = performance.now();
    const { since = triedAt } = outage ?? {};
    // Once an outage; again if it turns out that a person has to act.
    if (!quiet && (!outage || (!plain.away && outage.fault.message !== fault.message)))
      log.error({ database: name, reason: fault.message }, 'database away, trying again');
    const limit = waitMs ?? (before ? RUNNING_WAIT_MS : OPENING_WAIT_MS);
    outage = { since, deadline: since + limit, triedAt, fault };
    return fault;
  };

  const attempt = async (quiet: boolean): Promise<Client> => {
    const client = new Client(config);
    client.on('error', ignore);
    try {
      await client.connect();
      await endSessionBefore(client);
    } catch (error) {
      void client.end().catch(ignore);
      throw noteFault(error, quiet);
    }
    if (outage && !quiet)
      log.info({ database: name, awayMs: Math.round(performance.now() - outage.since) }, 'database back');
    outage = undefined;
    return client;
  };

  const policyUntil = (isOver: () => boolean) =>
    retry(
      handleWhen((fault) => fault instanceof StoreError && fault.away && signal?.aborted !== true && !isOver()),
      {
        maxAttempts: Number.POSITIVE_INFINITY,
        backoff: new ExponentialBackoff({ initialDelay: FIRST_WAIT_MS, maxDelay: LONGEST_WAIT_MS }),
      },
    );
  const isOver = (): boolean => outage !== undefined && performance.now() >= outage.deadline;
  const untilDeadline = policyUntil(isOver);
  const untilBack = policyUntil(() => false);

  return {
    connect: async ({ patient = false, quiet = false } = {}) => {
      if (patient) return untilBack.execute(() => attempt(quiet));
      if (outage && isOver() && performance.now() < outage.triedAt + PROBE_INTERVAL_MS) throw outage.fault;
      return untilDeadline.execute(() => attempt(quiet));
    },
  };
};
