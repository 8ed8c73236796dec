import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { sendDate } from '../date-header.ts';
import { listenOnLoopback } from '../loopback.ts';
import {
  type Appearing,
  createArchive,
  type DoubleDocument,
  type DoubleFiling,
  type DoubleRow,
  endpointOf,
  type Resource,
} from './archive.ts';
import { createFaults, type DoubleRequest, type FailPlan } from './faults.ts';
import { type Answer, tooMany, undeclared } from './pages.ts';

export type { Appearing, DoubleDocument, DoubleFiling, DoubleRow } from './archive.ts';
export type { DoubleRequest, FailPlan, Fault } from './faults.ts';

export interface EdgarDoubleOptions {
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Epoch milliseconds: for the rate and for Last-Modified. Default: the real clock. */
  readonly clock?: () => number;
}

/** data.sec.gov and www.sec.gov on loopback: submissions, companyconcept, companyfacts, a filing's index and documents. */
export interface EdgarDouble {
  /** The origin to give to the client. */
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly DoubleRequest[];
  /** Replaces what a filer has filed under a us-gaap tag, in dollars. */
  setConcept(cik: number, tag: string, rows: readonly DoubleRow[], appearing?: Appearing): void;
  /** Lists a filing among the filer's submissions. Its figures come with `setConcept`. */
  addFiling(cik: number, filing: DoubleFiling, appearing?: Appearing): void;
  /** Replaces a document of a filing, by the name that its listing gives. */
  setDocument(cik: number, accession: string, name: string, document: DoubleDocument): void;
  /** A fault for requests to come. */
  fail(plan: FailPlan): void;
  /** Forgets every planned fault, and a block. */
  heal(): void;
  close(): Promise<void>;
}

const MOST_PER_SECOND = 10;
const BLOCK_MS = 600_000;

/** The SEC wants a name and a mail address. */
const isDeclared = (agent = ''): boolean => /\S+\s+\S*@\S+\.\S+/.test(agent);

/** Blocks whoever asks more than ten times in a second, for ten minutes after his last request. */
const createLimit = (clock: () => number) => {
  let recent: number[] = [];
  let blockedUntil = 0;
  return {
    exceeded(): boolean {
      const now = clock();
      recent = [...recent.filter((at) => now - at < 1_000), now];
      if (recent.length > MOST_PER_SECOND || now < blockedUntil) blockedUntil = now + BLOCK_MS;
      return now < blockedUntil;
    },
    lift(): void {
      blockedUntil = 0;
      recent = [];
    },
  };
};

/** The answer, or 304 to whoever has it already. An ETag counts for more than a day of change (RFC 9110, 13.2.2). */
const conditional = ({ answer, changed }: Resource, headers: IncomingHttpHeaders): Answer => {
  if (answer.status !== 200) return answer;
  const etag = `"${createHash('sha256').update(answer.body).digest('hex').slice(0, 32)}"`;
  const lastModified = new Date(changed).toUTCString();
  const validators = { etag, 'last-modified': lastModified };
  const asked = headers['if-none-match'];
  const since = headers['if-modified-since'];
  const unchanged =
    asked === undefined ? since !== undefined && Date.parse(since) >= Date.parse(lastModified) : asked === etag;
  if (unchanged) return { status: 304, headers: validators, body: '' };
  return { ...answer, headers: { ...answer.headers, ...validators } };
};

const send = (outgoing: ServerResponse, answer: Answer, headers: IncomingHttpHeaders): void => {
  for (const [name, value] of Object.entries(answer.headers)) outgoing.setHeader(name, value);
  const zipped = answer.body !== '' && /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  if (zipped) outgoing.setHeader('content-encoding', 'gzip');
  outgoing.writeHead(answer.status).end(zipped ? gzipSync(answer.body) : answer.body);
};

const half = (body: string): string => body.slice(0, Math.floor(body.length / 2));

/** Starts the double on 127.0.0.1. It answers like the real one until `fail` says otherwise. */
export const startEdgarDouble = async ({
  port = 0,
  clock = Date.now,
}: EdgarDoubleOptions = {}): Promise<EdgarDouble> => {
  const archive = createArchive(clock);
  const faults = createFaults();
  const limit = createLimit(clock);
  const requests: DoubleRequest[] = [];

  const server = createServer((incoming, outgoing) => {
    sendDate(outgoing, clock);
    const { headers } = incoming;
    const { pathname: path } = new URL(incoming.url ?? '/', 'http://double');
    const endpoint = endpointOf(path);
    const note = (status: number): void => {
      requests.push({ endpoint, path, headers, at: clock(), status });
    };
    const reply = (answer: Answer): void => {
      note(answer.status);
      send(outgoing, answer, headers);
    };
    if (!isDeclared(headers['user-agent'])) return reply(undeclared());
    if (limit.exceeded()) return reply(tooMany(429));
    const struck = faults.strike(endpoint);
    if (struck === undefined) return reply(conditional(archive.resource(path), headers));
    if (typeof struck !== 'string')
      return reply('asOf' in struck ? conditional(archive.resource(path, struck.asOf), headers) : struck);
    const { answer } = archive.resource(path);
    if (struck === 'truncated') return reply({ ...answer, body: half(answer.body) });
    note(0);
    if (struck === 'disconnect') incoming.socket.destroy();
    if (struck === 'break-off') {
      outgoing.writeHead(200, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) });
      outgoing.write(half(answer.body), () => incoming.socket.destroy());
    }
  });
  const { url, close } = await listenOnLoopback(server, port);

  return {
    url,
    requests,
    setConcept: archive.setConcept,
    addFiling: archive.addFiling,
    setDocument: archive.setDocument,
    fail: faults.add,
    heal: () => {
      faults.clear();
      limit.lift();
    },
    close,
  };
};
