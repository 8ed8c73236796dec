import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Translator } from '../i18n/catalogue.ts';
import type { Logger } from '../telemetry/log.ts';
import type { BoardView, PostedCard } from './board-view.ts';
import type { ChangeStream } from './change-stream.ts';
import { readFont } from './font.ts';
import { type BoardEnv, headers } from './headers.ts';
import { homePage } from './page/home-page.ts';
import { type Html, html } from './page/html.ts';
import { cardPage, styleOf } from './page/posted-card.ts';
import { type Chrome, shell } from './page/shell.ts';

/** Cards on the home page; older ones have only their permalink. */
const CARDS_SHOWN = 20;
/** Newest cards searched for a permalink if the view has no `card` method. */
const CARDS_SEARCHED = 200;

const NOT_STORED = { 'cache-control': 'no-store' };

interface Routing {
  readonly view: BoardView;
  readonly changes: ChangeStream;
  /** For the language of the page. */
  readonly words: Translator;
  readonly log: Logger;
  isOwnHost(header: string | undefined): boolean;
  /** Whether an Authorization header opens the board. */
  isAllowed(header: string | undefined): boolean;
}

/** The board's routes, all read-only. */
export const boardRoutes = ({ view, changes, words, log, isOwnHost, isAllowed }: Routing): Hono<BoardEnv> => {
  const app = new Hono<BoardEnv>();
  const chromeOf = (context: Context<BoardEnv>): Chrome => ({
    nonce: context.get('secureHeadersNonce') ?? '',
    words,
  });

  app.use(secureHeaders(headers));
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
    return context.text(`${words.say('board.token-needed')}\n`, 401, {
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
    if (!isOwnHost(context.req.header('host'))) return context.text(`${words.say('board.foreign-host')}\n`, 421);
    if (!['GET', 'HEAD'].includes(context.req.method)) {
      return context.text(`${words.say('board.read-only')}\n`, 405, { Allow: 'GET, HEAD' });
    }
    await next();
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  });

  app.get('/', async (context) => {
    const [quotes, cards, health] = await Promise.all([view.quotes(), view.cards(CARDS_SHOWN), view.health()]);
    const style = styleOf(context.req.query('style'));
    const invitations = view.invitations?.() ?? [];
    return context.html(homePage(chromeOf(context), { quotes, cards, health, invitations, style }));
  });

  app.get('/card/:id{[0-9]{1,15}}', async (context) => {
    const posted = await findCard(view, Number(context.req.param('id')));
    if (posted === undefined) return context.notFound();
    return context.html(cardPage(chromeOf(context), posted, styleOf(context.req.query('style'))));
  });

  app.get('/health', async (context) => {
    const health = await view.health();
    return context.json(health, health.status === 'ok' ? 200 : 503);
  });

  app.get('/font/:file{inter-[0-9]{3}\\.ttf}', async (context) => {
    const font = await readFont(context.req.param('file').slice('inter-'.length, -'.ttf'.length));
    if (font === undefined) return context.notFound();
    return context.body(font, 200, { 'content-type': 'font/ttf', 'cache-control': 'max-age=604800' });
  });

  app.get('/events', (context) => {
    context.header('content-type', 'text/event-stream; charset=utf-8');
    context.header('cache-control', 'no-store');
    // Nothing would end the stream of a HEAD request.
    return context.req.method === 'HEAD' ? context.body(null) : context.body(changes.open());
  });

  const message = (context: Context<BoardEnv>, about: 'not-found' | 'failed'): Html => {
    const title = words.say(`board.${about}.title`);
    return shell(
      chromeOf(context),
      title,
      html`<section class="notice"><h2>${title}</h2><p>${words.say(`board.${about}.what`)}</p><p><a href="/">${words.say('board.all-cards')}</a></p></section>`,
    );
  };

  app.notFound((context) => context.html(message(context, 'not-found'), 404));
  app.onError((fault, context) => {
    log.error({ err: fault, path: context.req.path }, 'board page failed');
    return context.html(message(context, 'failed'), 500);
  });
  return app;
};

const findCard = async (view: BoardView, id: number): Promise<PostedCard | undefined> =>
  view.card === undefined ? (await view.cards(CARDS_SEARCHED)).find((posted) => posted.id === id) : view.card(id);
