/**
 * A process that imports the libraries of a bot on both platforms, as the bot imports them, and does nothing else. Those of
 * pictures, the board's pages and migrations are among them, which a bot loads when it first needs them.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();

await import('commander');
await import('i18next');
await import('js-yaml');
await import('zod');
await import('string-width');
await import('pino');
await import('prom-client');
await import('cockatiel');
await import('node:sqlite');
await import('kysely');
await import('kysely/migration');
await import('discord.js');
await import('@slack/bolt');
await import('yahoo-finance2/createYahooFinance');
await import('yahoo-finance2/modules/chart');
await import('yahoo-finance2/modules/quote');
await import('yahoo-finance2/modules/quoteSummary');
await import('yahoo-finance2/modules/fundamentalsTimeSeries');
await import('yahoo-finance2/lib/cookieJar');
await import('yahoo-finance2/lib/getCrumb');
await import('d3-scale');
await import('d3-shape');
await import('hono');
await import('hono/compress');
await import('hono/html');
await import('hono/secure-headers');
await import('@hono/node-server');
await import('@resvg/resvg-js');
console.log('ready');
setInterval(() => undefined, 60_000);
