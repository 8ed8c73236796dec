import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { secureHeaders } from 'hono/secure-headers';
import type { Catalogue, Translator } from '../i18n/catalogue.ts';
import type { PageAsked } from '../stories/deliveries-asked.ts';
import type { Logger } from '../telemetry/log.ts';
import { apiRoutes } from './api/api-routes.ts';
import { problemForPrograms, refusal } from './api/problem.ts';
import { BoardError } from './board-error.ts';
import type { BoardView, PostedCard } from './board-view.ts';
import type { ChangeStream, PageTopic } from './change-stream.ts';
import { deliveriesAsked, deliveriesQuery, pageAsked } from './deliveries-choice.ts';
import { exportedFigures, figureChoice, figureQuery } from './figure-choice.ts';
import { readFont } from './font.ts';
import { type BoardEnv, headers } from './headers.ts';
import { HAVE_HEADER, type LiveAnswers, type LiveParts } from './live-parts.ts';
import { isLoopback } from './own-hosts.ts';
import { billChoice, billPage, billParts } from './page/bill-page.ts';
import { CARDS_PER_PAGE, cardsPage, cardsParts, cutPage } from './page/cards-page.ts';
import { rangeOf } from './page/chart-range.ts';
import { deliveriesPage, deliveriesParts } from './page/deliveries-page.ts';
import { figuresPage, figuresParts } from './page/figures-page.ts';
import { healthPage, healthParts } from './page/health-page.ts';
import { homePage, homeParts } from './page/home-page.ts';
import { type Html, html } from './page/html.ts';
import { cardPage, cardParts, styleOf } from './page/posted-card.ts';
import { sortOf, sortQuery } from './page/quote-sort.ts';
import { type Chrome, shell } from './page/shell.ts';
import { symbolPage, symbolParts, symbolPath } from './page/symbol-page.ts';
import { createPageAnswers, fontSent, pageSent } from './page-answers.ts';
import { preferencesOf, remember } from './preferences.ts';

/** Cards on the home page; older ones have only their permalink. */
const CARDS_SHOWN = 8;
/** Newest cards searched for a permalink if the view has no `card` method. */
const CARDS_SEARCHED = 200;

const NO_SUCH_PATH = 'There is nothing at this path; /api/v1/openapi.json lists those that there are.';

/** The one address that takes a form: what it changes is a reader's own, in cookies. */
const PREFERENCES = '/preferences';
const MAX_FORM_BYTES = 4_096;

/** Addresses of pages that are longer than this are nobody's. */
const MAX_ADDRESS_LENGTH = 500;

const NOT_STORED = { 'cache-control': 'no-store' };

interface Routing {
  readonly view: BoardView;
  readonly changes: ChangeStream;
  readonly live: LiveAnswers;
  readonly catalogue: Catalogue;
  /** Of pages whose reader has chosen none. */
  readonly language?: string;
  /** Where a proxy serves the board. */
  readonly origin?: string;
  readonly log: Logger;
  isOwnHost(header: string | undefined): boolean;
  /** Whether an Authorization header opens the board. */
  isAllowed(header: string | undefined): boolean;
}

/** The board's routes, all read-only. */
export const boardRoutes = (routing: Routing): Hono<BoardEnv> => {
  const { view, changes, live, catalogue, language, log, isOwnHost, isAllowed } = routing;
  const app = new Hono<BoardEnv>();
  const pages = createPageAnswers();
  const chromeOf = (context: Context<BoardEnv>): Chrome => {
    const { pathname, search } = new URL(context.req.url);
    return {
      ...preferencesOf(context, catalogue, language),
      path: context.req.path,
      address: `${pathname}${search}`,
      languages: catalogue.languages,
    };
  };
  const wordsFor = (context: Context<BoardEnv>): Translator => preferencesOf(context, catalogue, language).words;
  const chosenBy = (context: Context<BoardEnv>): string | undefined =>
    preferencesOf(context, catalogue, language).chosen;
  /** What every page depends on beside its address. */
  const readerKey = (context: Context<BoardEnv>): string => `${wordsFor(context).language}/${chosenBy(context) ?? ''}`;

  app.use(secureHeaders(headers));
  app.use(compress());
  // Probes and scrapers name this process as they find it, such as by its container's name. A page of another site that does
  // the same learns nothing: without the token there is nothing but that the process runs.
  app.get('/healthz', (context) => context.text('ok\n', 200, NOT_STORED));
  app.get('/readyz', async (context) =>
    (await view.ready())
      ? context.text('ready\n', 200, NOT_STORED)
      : context.text('the database does not answer\n', 503, NOT_STORED),
  );
  app.use(async (context, next) => {
    if (isAllowed(context.req.header('authorization'))) return next();
    return refusal(context, 401, wordsFor(context).say('board.token-needed'), {
      ...NOT_STORED,
      'www-authenticate': 'Basic realm="Slidewatch"',
    });
  });
  app.get('/metrics', async (context) =>
    context.body(await view.metrics(), 200, {
      ...NOT_STORED,
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
  app.use(async (context, next) => {
    if (!isOwnHost(context.req.header('host')))
      return refusal(context, 421, wordsFor(context).say('board.foreign-host'));
    if (!['GET', 'HEAD'].includes(context.req.method) && context.req.path !== PREFERENCES) {
      return refusal(context, 405, wordsFor(context).say('board.read-only'), { Allow: 'GET, HEAD' });
    }
    await next();
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  });

  /** The whole page, or for one that is open what it lacks. `key`: what its parts depend on beside its language. */
  const answer = async (
    context: Context<BoardEnv>,
    page: string,
    make: () => Promise<LiveParts>,
    pageOf: (parts: LiveParts) => Html,
  ): Promise<Response> => {
    const key = `${readerKey(context)} ${page}`;
    const { take } = context.env ?? {};
    if (take !== undefined) {
      take(await live.parts(key, make));
      return context.body(null, 204);
    }
    const have = context.req.header(HAVE_HEADER);
    if (have === undefined) return pages.answer(context, pageSent(String(await pageOf(await make()))));
    const lacking = await live.answer(key, have, make);
    if (lacking === undefined) return context.body(null, 204);
    return context.body(lacking, 200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  };

  /** The parts of the page at an address of the board, as the reader of another of its pages sees it. */
  const topicOf = (context: Context<BoardEnv>): PageTopic | undefined => {
    const address = context.req.query('of');
    if (address === undefined || address.length > MAX_ADDRESS_LENGTH || !/^\/(?!\/|events)/.test(address))
      return undefined;
    const request = new Request(new URL(address, context.req.url), { headers: context.req.raw.headers });
    return {
      key: `${readerKey(context)} ${address}`,
      parts: async () => {
        let taken: LiveParts | undefined;
        await app.fetch(request.clone(), {
          take: (parts) => {
            taken = parts;
          },
        } satisfies BoardEnv['Bindings']);
        if (taken === undefined) throw new BoardError(`${address} has no parts`);
        return taken;
      },
    };
  };

  app.post(
    PREFERENCES,
    bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (context) => context.body(null, 413) }),
    async (context) => {
      // Of browsers that say so; no other site sends a reader's form.
      if (!['same-origin', undefined].includes(context.req.header('sec-fetch-site'))) return context.body(null, 403);
      const isSecure = routing.origin?.startsWith('https:') === true && !isLoopback(hostOf(context));
      return context.redirect(remember(context, await context.req.parseBody(), catalogue, isSecure), 303);
    },
  );

  app.get('/', (context) => {
    const style = styleOf(context.req.query('style'));
    const sort = sortOf(context.req.query('sort'), context.req.query('order'));
    const words = wordsFor(context);
    const make = async (): Promise<LiveParts> => {
      const [quotes, cards, health] = await Promise.all([
        view.quotes(),
        view.cards(CARDS_SHOWN, chosenBy(context)),
        view.health(),
      ]);
      const bill = view.bill?.();
      const sample = cards.length === 0 ? view.sample?.(words.language) : undefined;
      return homeParts(
        { words },
        { ...{ quotes, cards, health, style, sort }, ...(bill && { bill }), ...(sample && { sample }) },
      );
    };
    const invitations = view.invitations?.() ?? [];
    return answer(context, `/${style}?${sortQuery(sort)}`, make, (parts) =>
      homePage(chromeOf(context), parts, { invitations, style, sort }),
    );
  });

  app.get('/card/:id{[0-9]{1,15}}', async (context) => {
    const posted = await findCard(view, Number(context.req.param('id')), chosenBy(context));
    if (posted === undefined) return context.notFound();
    const style = styleOf(context.req.query('style'));
    return answer(
      context,
      `/card/${posted.id}/${style}`,
      () => cardParts(posted, style, wordsFor(context)),
      (parts) => cardPage(chromeOf(context), posted.card.title, parts),
    );
  });

  app.get('/symbol/:symbol', async (context) => {
    const reading = await view.symbol?.(context.req.param('symbol'));
    if (reading === undefined) return context.notFound();
    const range = rangeOf(context.req.query('range'));
    const { quote } = reading;
    return answer(
      context,
      `${symbolPath(quote.symbol)}?${range.id}`,
      () => symbolParts(wordsFor(context), reading, range),
      (parts) => symbolPage(chromeOf(context), quote, parts, range),
    );
  });

  app.get('/bill', (context) => {
    const source = view.bill?.();
    if (source === undefined) return context.notFound();
    const choice = billChoice(source, context.req.query('as-of'), context.req.query('later'));
    return answer(
      context,
      `/bill?${choice.day}&${choice.isLaterShown}`,
      () => billParts(wordsFor(context), source, choice),
      (parts) => billPage(chromeOf(context), parts, choice),
    );
  });

  app.get('/deliveries', async (context) => {
    const asked = deliveriesAsked((name) => context.req.query(name));
    const list = await newestIfFew(
      asked,
      (page) => view.deliveries?.(page, chosenBy(context)),
      ({ lines }) => lines.length,
    );
    if (list === undefined) return context.notFound();
    const platforms = [...new Set(list.counts.map(({ platform }) => platform))].sort();
    return answer(
      context,
      `/deliveries${deliveriesQuery(asked, asked)}`,
      () => deliveriesParts(wordsFor(context), list, asked),
      (parts) => deliveriesPage(chromeOf(context), platforms, parts, asked),
    );
  });

  app.get('/cards', async (context) => {
    const asked = pageAsked((name) => context.req.query(name), CARDS_PER_PAGE);
    const page = await newestIfFew(
      asked,
      async (it) => {
        const all = await view.cardList?.({ ...it, limit: it.limit + 1 }, chosenBy(context));
        return all && cutPage(all, it);
      },
      ({ shown }) => shown.length,
    );
    if (page === undefined) return context.notFound();
    const { shown: cards, ...around } = page;
    return answer(
      context,
      `/cards?${asked.before}&${asked.after}`,
      () => cardsParts(wordsFor(context), { cards, ...around }),
      (parts) => cardsPage(chromeOf(context), parts),
    );
  });

  app.get('/figures', (context) => {
    const source = view.figures?.();
    if (source === undefined) return context.notFound();
    const choice = figureChoice(source, (name) => context.req.query(name));
    return answer(
      context,
      `/figures${figureQuery(choice, { page: choice.page })}`,
      () => figuresParts(wordsFor(context), source, choice),
      (parts) => figuresPage(chromeOf(context), source, parts, choice),
    );
  });

  for (const format of ['csv', 'json'] as const)
    app.get(`/figures.${format}`, (context) => {
      const source = view.figures?.();
      if (source === undefined) return context.notFound();
      return context.body(
        exportedFigures(
          source,
          figureChoice(source, (name) => context.req.query(name)),
          format,
        ),
        200,
        {
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
          'content-disposition': `attachment; filename="slidewatch-figures.${format}"`,
        },
      );
    });

  app.get('/status', async (context) => {
    const [health, histories = new Map()] = await Promise.all([view.health(), view.jobHistories?.()]);
    return answer(
      context,
      '/status',
      () => healthParts(wordsFor(context), { health, histories }),
      (parts) => healthPage(chromeOf(context), parts),
    );
  });

  app.route('/', apiRoutes({ ...routing, wordsFor }));

  app.get('/health', async (context) => {
    const health = await view.health();
    return context.json(health, health.status === 'ok' ? 200 : 503);
  });

  app.get('/font/:file{inter-[0-9]{3}\\.ttf}', async (context) => {
    const font = await readFont(context.req.param('file').slice('inter-'.length, -'.ttf'.length));
    if (font === undefined) return context.notFound();
    return pages.answer(context, fontSent(font));
  });

  app.get('/events', (context) => {
    context.header('content-type', 'text/event-stream; charset=utf-8');
    context.header('cache-control', 'no-store');
    // Nothing would end the stream of a HEAD request.
    if (context.req.method === 'HEAD') return context.body(null);
    const { outgoing } = context.env ?? {};
    const topic = topicOf(context);
    const isPacked = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
    const stream = changes.open({ ...(topic && { topic }), isPacked, cut: () => outgoing?.destroy() });
    if (stream !== undefined && isPacked) context.header('content-encoding', 'gzip');
    // Either way the descriptor is free as soon as the answer ends.
    context.header('connection', 'close');
    if (stream !== undefined) return context.body(stream);
    return context.text(`${wordsFor(context).say('board.streams-full')}\n`, 503, { 'retry-after': '30' });
  });

  const message = (context: Context<BoardEnv>, about: 'not-found' | 'failed'): Html => {
    const words = wordsFor(context);
    const title = words.say(`board.${about}.title`);
    return shell(
      chromeOf(context),
      title,
      html`<section class="notice"><h1>${title}</h1><p>${words.say(`board.${about}.what`)}</p><p><a href="/">${words.say('board.all-cards')}</a></p></section>`,
    );
  };

  app.notFound(
    (context) =>
      problemForPrograms(context, 404, NO_SUCH_PATH) ?? context.html(message(context, 'not-found'), 404, NOT_STORED),
  );
  app.onError((fault, context) => {
    log.error({ err: fault, path: context.req.path }, 'board page failed');
    return context.html(message(context, 'failed'), 500, NOT_STORED);
  });
  return app;
};

/** A page of a list; the newest one instead of one that has only a few newer entries. */
const newestIfFew = async <Asked extends PageAsked, Page>(
  asked: Asked,
  read: (asked: Asked) => Promise<Page | undefined> | undefined,
  lengthOf: (page: Page) => number,
): Promise<Page | undefined> => {
  const page = await read(asked);
  if (page === undefined || asked.after === undefined || lengthOf(page) >= asked.limit) return page;
  const { after: _, ...newest } = asked;
  return read(newest as Asked);
};

/** The name under which a request has found the board. */
const hostOf = (context: Context): string => new URL(context.req.url).hostname.replace(/^\[(.*)\]$/, '$1');

const findCard = async (view: BoardView, id: number, language?: string): Promise<PostedCard | undefined> =>
  view.card === undefined
    ? (await view.cards(CARDS_SEARCHED, language)).find((posted) => posted.id === id)
    : view.card(id, language);
