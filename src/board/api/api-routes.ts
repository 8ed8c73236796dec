import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Catalogue, Translator } from '../../i18n/catalogue.ts';
import { newYorkTime } from '../../market/exchange-time.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { BoardView } from '../board-view.ts';
import type { BoardEnv } from '../headers.ts';
import { alertAnswer } from './alert-answer.ts';
import { alertsSchema, billSchema, factsSchema, standingsSchema } from './answer-schemas.ts';
import { ATOM_TYPE, atomXml } from './atom.ts';
import { ASK_EACH_TIME, cachedAnswer } from './cached-answer.ts';
import { cursorOf, idIn } from './cursor.ts';
import { type Feed, feedOf } from './feed.ts';
import { billAnswer, factsAnswer, instantAsked } from './ledger-answers.ts';
import { API_PATH, openApiDocument } from './openapi.ts';
import { plainProblem, problemResponse } from './problem.ts';
import { alertsQuery, billQuery, factsQuery, feedQuery, noQuery } from './queries.ts';
import { API_RATE, createRateLimit } from './rate-limit.ts';
import { BadQuery, queryReader } from './read-query.ts';
import { RSS_TYPE, rssXml } from './rss.ts';
import { standingAnswer } from './standing-answer.ts';

/** Cards of a feed: those of some weeks. */
const FEED_CARDS = 50;

/** The document changes with the program alone. */
const AN_HOUR = 'private, max-age=3600';

interface ApiParts {
  readonly view: BoardView;
  readonly catalogue: Catalogue;
  /** In the language of whoever asks. */
  readonly wordsFor: (context: Context<BoardEnv>) => Translator;
  readonly log: Logger;
  /** Where a proxy serves the board; absent without one. */
  readonly origin?: string | undefined;
  /** Milliseconds that never go back. */
  readonly ticks?: () => number;
}

/** What is asked for by a parameter of the present path and what it holds by now. */
const nextPath = (context: Context, change: Readonly<Record<string, string>>): string => {
  const url = new URL(context.req.url);
  for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
};

/**
 * An answer that is checked by the schema that the document tells of. An answer of now says the same as one of a minute ago if
 * only their instants differ.
 */
const jsonAnswer = <Schema extends z.ZodObject>(
  context: Context,
  schema: Schema,
  answer: z.infer<Schema>,
): Response => {
  const checked = schema.parse(answer) as Record<string, unknown>;
  const same = 'as_of' in checked ? { ...checked, as_of: '', next: typeof checked.next } : checked;
  return cachedAnswer(context, JSON.stringify(checked), { type: 'application/json', same: JSON.stringify(same) });
};

const sinceOf = (since: string | undefined): number | undefined =>
  since === undefined ? undefined : since.includes('T') ? Date.parse(since) : newYorkTime(since, '00:00');

/** `/api/v1` and the feeds: the board's answers for programs. All of it is read-only, and no channel is named. */
export const apiRoutes = (parts: ApiParts): Hono<BoardEnv> => {
  const { view, catalogue, wordsFor, log, origin, ticks = () => performance.now() } = parts;
  const app = new Hono<BoardEnv>();
  const wait = createRateLimit(API_RATE, ticks);
  for (const path of ['/api/*', '/feed.atom', '/feed.rss'])
    app.use(path, async (context, next) => {
      const seconds = wait();
      if (seconds === 0) return next();
      const detail = `The board answers ${API_RATE.burst} requests of programs at once and ${API_RATE.perSecond} a second; ask again in ${seconds} s.`;
      return problemResponse(context, plainProblem(429, detail), { 'retry-after': String(seconds) });
    });

  const readAlerts = queryReader(alertsQuery);
  app.get(`${API_PATH}/alerts`, async (context) => {
    const { limit, cursor, since, symbol, kind, withdrawn } = readAlerts(context);
    if (!view.alerts) return context.notFound();
    const before = cursor === undefined ? undefined : Number(idIn(cursor));
    if (before !== undefined && !(Number.isSafeInteger(before) && before > 0))
      throw new BadQuery([{ parameter: 'cursor', detail: 'it is of another list; ask without it to begin anew' }]);
    const from = sinceOf(since);
    const found = await view.alerts({
      limit: limit + 1,
      withdrawn,
      ...(before !== undefined && { before }),
      ...(symbol !== undefined && { symbol }),
      ...(kind !== undefined && { kind }),
      ...(from !== undefined && { since: from }),
    });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return jsonAnswer(context, alertsSchema, {
      alerts: page.map(alertAnswer),
      next: last ? nextPath(context, { cursor: cursorOf(last.id) }) : null,
    });
  });

  const readNothing = queryReader(noQuery);
  app.get(`${API_PATH}/standings`, async (context) => {
    readNothing(context);
    if (!view.standings) return context.notFound();
    const { market, standings } = await view.standings();
    return jsonAnswer(context, standingsSchema, { market, standings: standings.map(standingAnswer) });
  });

  const readFacts = queryReader(factsQuery);
  app.get(`${API_PATH}/facts`, (context) => {
    const { as_of, ...asked } = readFacts(context);
    const ledger = view.ledger?.();
    if (!ledger) return context.notFound();
    const asOf = instantAsked(as_of, ledger.now);
    const { next, ...answer } = factsAnswer(ledger, { ...asked, asOf });
    return jsonAnswer(context, factsSchema, {
      ...answer,
      // The next page is of the same instant.
      next: next === undefined ? null : nextPath(context, { as_of: answer.as_of, cursor: next }),
    });
  });

  const readBill = queryReader(billQuery);
  app.get(`${API_PATH}/bill`, (context) => {
    const { as_of } = readBill(context);
    const ledger = view.ledger?.();
    if (!ledger) return context.notFound();
    return jsonAnswer(context, billSchema, billAnswer(ledger, instantAsked(as_of, ledger.now)));
  });

  let document: string | undefined;
  app.get(`${API_PATH}/openapi.json`, (context) => {
    readNothing(context);
    document ??= JSON.stringify(openApiDocument(catalogue.languages));
    return cachedAnswer(context, document, { type: 'application/json', cache: AN_HOUR });
  });

  const readFeed = queryReader(feedQuery(catalogue.languages));
  const feed = (path: string, type: string, xml: (feed: Feed) => string): void => {
    app.get(path, async (context) => {
      const { language = wordsFor(context).language } = readFeed(context);
      if (!view.feed) return context.notFound();
      const url = new URL(context.req.url);
      const made = await feedOf({
        ...(await view.feed(language, FEED_CARDS)),
        words: catalogue.in(language),
        origin: origin ?? url.origin,
        path: `${url.pathname}${url.search}`,
      });
      return cachedAnswer(context, xml(made), { type, cache: ASK_EACH_TIME });
    });
  };
  feed('/feed.atom', ATOM_TYPE, atomXml);
  feed('/feed.rss', RSS_TYPE, rssXml);

  app.onError((fault, context) => {
    if (fault instanceof BadQuery) return problemResponse(context, fault.problem);
    log.error({ err: fault, path: context.req.path }, 'answer to a program failed');
    return problemResponse(context, plainProblem(500, 'The answer could not be made; the log of the bot says why.'));
  });
  return app;
};
