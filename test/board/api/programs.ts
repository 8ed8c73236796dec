import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Hono } from 'hono';
import { expect } from 'vitest';
import { apiRoutes } from '../../../src/board/api/api-routes.ts';
import { openApiDocument } from '../../../src/board/api/openapi.ts';
import type { BoardView, FiredAlert, LedgerReading, Standing } from '../../../src/board/board-view.ts';
import { exportPartsOf } from '../../../src/facts/exported-fact.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { catalogue, closeOf, day, dayRise, drawdown, rise, within } from '../../cards/stories.ts';
import { companies, curatedFacts, ledger } from '../../facts/samples.ts';
import { NOW, nvidiaEn, quotes, viewOf } from '../board-view.ts';
import { AT } from '../symbol-reading.ts';

const stored = (alert: FiredAlert['alert'], more: Partial<FiredAlert> = {}): Omit<FiredAlert, 'id'> => ({
  alert,
  unit: 'usd',
  firedAt: closeOf(alert.session),
  ...more,
});

const VALUE = { ...drawdown(AT, 252, 20), kind: 'value', symbol: 'MAG7', level: 1_000 } as const;

/** One of each kind, the oldest first. */
export const alerts: readonly FiredAlert[] = [
  stored(VALUE, { unit: 'usd-billions' }),
  stored(day(AT, 7)),
  stored(drawdown(AT, 252, 20)),
  stored(within(AT, 30, 4, 109.5, 45)),
  stored(rise({ ...AT, close: 150 }, 20, 100)),
  stored(dayRise({ ...AT, close: 120 }, 5)),
  stored(drawdown(AT, 20, 10), { withdrawnAt: NOW }),
].map((it, index) => ({ ...it, id: index + 1 }));

const alertsAsked: NonNullable<BoardView['alerts']> = async (asked) => {
  const { limit, before = Infinity, symbol, kind, since = 0, withdrawn = false } = asked;
  return alerts
    .filter((it) => it.id < before && it.firedAt >= since && (withdrawn || it.withdrawnAt === undefined))
    .filter(({ alert }) => (symbol ?? alert.symbol) === alert.symbol && (kind ?? alert.kind) === alert.kind)
    .toReversed()
    .slice(0, limit);
};

export const standings: readonly Standing[] = quotes.map((quote) => ({
  ...quote,
  ...(quote.price !== undefined && { session: '2024-07-30', isClose: true }),
  levels: [
    { kind: 'drawdown', window: 252, level: 2_000, hasFired: true },
    { kind: 'drawdown', window: 252, level: 3_050, hasFired: false },
    { kind: 'day', level: 700, hasFired: true },
  ],
}));

export const ledgerAt = (now: number): LedgerReading => ({
  ...{ ledger, companies, now },
  exportParts: exportPartsOf(companies, curatedFacts),
});

export const programsView = viewOf({
  alerts: alertsAsked,
  standings: async () => ({ market: 'closed', standings }),
  ledger: () => ledgerAt(NOW),
  feed: async (_language, limit) => ({ instance: 'abc123', cards: [nvidiaEn].slice(0, limit) }),
});

/** The routes alone, asked without a server; a second passes between two questions. */
export const programs = (given: { readonly view?: BoardView; readonly origin?: string } = {}): Hono => {
  let ticks = 0;
  const ticking = () => {
    ticks += 1_000;
    return ticks;
  };
  const wordsFor = () => catalogue.in('en');
  const routes = apiRoutes({ view: programsView, catalogue, wordsFor, log: silent, ticks: ticking, ...given });
  return new Hono().route('/', routes) as Hono;
};

interface Operation {
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: object }>>;

/** An OpenAPI document, as far as the tests read it. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly responses: Readonly<Record<string, { readonly content?: Content }>> };
}

export const document = openApiDocument(catalogue.languages) as unknown as Document;

/** Checks answers against a document that was served. Not by the library that made it. */
export const checkerOf = (served: Document) => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  // What holds the schemas is none itself.
  ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'paths', 'components']);
  ajv.addSchema(served as object, 'api');
  const compiled = new Map<string, ValidateFunction>();
  const pointer = (parts: readonly string[]): string =>
    parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

  /** Fails unless status, media type and body are as the document says of the path. */
  return async (path: string, answer: Response): Promise<unknown> => {
    const status = String(answer.status);
    const told = served.paths[path]?.get.responses[status];
    expect(told, `${path} answers ${status}`).toBeDefined();
    const name = told?.$ref?.split('/').at(-1);
    const place = name === undefined ? ['paths', path, 'get', 'responses', status] : ['components', 'responses', name];
    const content = name === undefined ? told?.content : served.components.responses[name]?.content;
    const body = await answer.text();
    if (content === undefined) {
      expect(body).toBe('');
      return undefined;
    }
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    expect(Object.keys(content)).toContain(type);
    const value: unknown = type.endsWith('json') ? JSON.parse(body) : body;
    const key = `api#/${pointer([...place, 'content', type, 'schema'])}`;
    const validate = compiled.get(key) ?? ajv.compile({ $ref: key });
    compiled.set(key, validate);
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    return value;
  };
};
