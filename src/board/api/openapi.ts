import { z } from 'zod';
import { alertsSchema, billSchema, factsSchema, standingsSchema } from './answer-schemas.ts';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';
import { alertsQuery, billQuery, factsQuery, feedQuery, noQuery } from './queries.ts';
import { API_RATE } from './rate-limit.ts';

/** The folder of the API: a field or a path that goes, or changes its meaning, is a new version. */
export const API_PATH = '/api/v1';

type Json = Record<string, unknown>;

/** A schema as a part of the document, without the line that names its dialect: OpenAPI 3.1 has the same. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output' = 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};

const parametersOf = (query: z.ZodObject): Json[] => {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', ...schema } = property as Json;
    return { name, in: 'query', required: false, description, schema };
  });
};

const headers = {
  etag: { description: 'Send it as If-None-Match to hear whether something has changed.', schema: { type: 'string' } },
  'cache-control': { schema: { type: 'string' } },
};

const refused = (description: string, more: Json = {}): Json => ({
  description,
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  ...more,
});

/** What every path may answer but for 200; they are the components of that name. */
const REFUSALS = {
  304: 'NotModified',
  400: 'BadParameter',
  401: 'NoToken',
  405: 'ReadOnly',
  421: 'ForeignHost',
  429: 'TooOften',
  500: 'Failed',
} as const;

const operation = (id: string, summary: string, query: z.ZodObject, type: string, schema: Json): Json => ({
  get: {
    operationId: id,
    summary,
    parameters: parametersOf(query),
    responses: {
      200: { description: summary, headers, content: { [type]: { schema } } },
      ...Object.fromEntries(
        Object.entries(REFUSALS).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
      ),
    },
  },
});

const SCHEMAS = { Alerts: alertsSchema, Standings: standingsSchema, Facts: factsSchema, Bill: billSchema } as const;

const json = (id: string, summary: string, query: z.ZodObject, name: keyof typeof SCHEMAS): Json =>
  operation(id, summary, query, 'application/json', { $ref: `#/components/schemas/${name}` });

const ABOUT =
  "Read-only. Prices are numbers in a symbol's `unit`, amounts of the ledger in millions of US dollars, moves in percent (-7.04 is a fall of 7.04%). Instants are UTC, days and sessions those of New York. Nothing here names a channel. No investment advice, and no warranty.";

/** The OpenAPI document, of the schemas that every question and every answer is checked by. `languages`: those of the cards. */
export const openApiDocument = (languages: readonly string[]): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Slidewatch',
    version: '1.0.0',
    summary: 'Alerts, standings and the AI bill of the Magnificent Seven and the Nasdaq.',
    description: ABOUT,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'This board.' }],
  // Without BOARD_TOKEN a board asks for nothing.
  security: [{ token: [] }, { password: [] }, {}],
  paths: {
    [`${API_PATH}/alerts`]: json('listAlerts', 'Alerts that have fired, the newest first.', alertsQuery, 'Alerts'),
    [`${API_PATH}/standings`]: json(
      'listStandings',
      'Price, day and depth of every watched symbol.',
      noQuery,
      'Standings',
    ),
    [`${API_PATH}/facts`]: json(
      'listFacts',
      'The ledger: every figure known at an instant, with its source.',
      factsQuery,
      'Facts',
    ),
    [`${API_PATH}/bill`]: json(
      'showBill',
      'Cash capex of the four as known at an instant, and what AI brings in.',
      billQuery,
      'Bill',
    ),
    [`${API_PATH}/openapi.json`]: operation('showDocument', 'This document.', noQuery, 'application/json', {
      type: 'object',
    }),
    '/feed.atom': operation('atomFeed', 'The newest cards as Atom.', feedQuery(languages), 'application/atom+xml', {
      type: 'string',
    }),
    '/feed.rss': operation('rssFeed', 'The newest cards as RSS 2.0.', feedQuery(languages), 'application/rss+xml', {
      type: 'string',
    }),
  },
  components: {
    schemas: {
      ...Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)])),
      Problem: jsonSchema(problemSchema),
    },
    responses: {
      NotModified: {
        description: 'Nothing has changed since the answer with this tag.',
        headers: { etag: headers.etag },
      },
      BadParameter: refused('A parameter cannot be used; the document says which, and why.'),
      NoToken: refused('The board has a BOARD_TOKEN, and the request does not.'),
      ReadOnly: refused('Only GET and HEAD are answered.'),
      ForeignHost: refused('The request names a host that is not the board.'),
      TooOften: refused(`More than ${API_RATE.burst} requests at once, or ${API_RATE.perSecond} a second.`, {
        headers: { 'retry-after': { description: 'Seconds.', schema: { type: 'integer' } } },
      }),
      Failed: refused('The answer could not be made; the log of the bot says why.'),
    },
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'BOARD_TOKEN; not needed where none is set.' },
      password: { type: 'http', scheme: 'basic', description: 'Any user name, and BOARD_TOKEN as the password.' },
    },
  },
});
