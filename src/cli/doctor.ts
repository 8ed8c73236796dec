import { basename } from 'node:path';
import { typedCall } from '../../commands/examples.ts';
import { createHostNames } from '../app/host-names.ts';
import type { Settings } from '../app/settings.ts';
import { type BotClock, clockOffText, createBotClock } from '../clock/bot-clock.ts';
import { listenToDates } from '../clock/date-headers.ts';
import { loadCompanies } from '../facts/companies.ts';
import { goneFactsText, loadFacts } from '../facts/fact-files.ts';
import { ledgerAge } from '../facts/ledger-age.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { type Source, SourceError } from '../market/source.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { whatHelps } from '../market/what-helps.ts';
import { readBars } from '../store/bars.ts';
import { isPostgresUrl, MEMORY, sqlitePath } from '../store/database-url.ts';
import { countByState } from '../store/deliveries.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { isBareCopy } from '../store/is-bare-copy.ts';
import { readLastQuotes } from '../store/last-quotes.ts';
import { movedTo } from '../store/move.ts';
import { readOpenNotes } from '../store/open-notes.ts';
import { readPriceMemories } from '../store/price-memories.ts';
import { databaseName } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { silent } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { ageText } from './age-text.ts';
import { dataFolder, heartbeat } from './doctor-machine.ts';
import { lacking, platforms } from './doctor-platforms.ts';
import { boardAccess, logs, misspelt, soundSettings } from './doctor-settings.ts';
import { bad, type Finding, groupedReport, none, ok, tried } from './finding.ts';
import { nextDigests } from './next-digests.ts';
import { noContactText } from './no-contact-text.ts';
import { openPrices } from './open-prices.ts';
import { openText } from './open-text.ts';
import { databaseUrl, lookUp } from './own-store.ts';
import { troublesOfRunningBot } from './running-bot.ts';
import { SOURCE_KINDS } from './sources.ts';

/** Days after which two quarters of reports are missing. */
const OLD_LEDGER_DAYS = 200;

const age = (ms: number): string =>
  ms < 120 * MINUTE_MS ? `${Math.round(ms / MINUTE_MS)} minutes` : `${Math.round(ms / (60 * MINUTE_MS))} hours`;

const watchlist = (): Finding[] => [ok(`watchlist: ${[...loadWatchlist().symbols.keys()].join(' ')}`)];

const calendarYears = (now: number): Finding[] => {
  const calendar = loadCalendar();
  const today = calendar.dayOf(now);
  return [
    calendar.covers(today)
      ? ok('calendar: up to date')
      : bad(
          `calendar: ${today} is not in it; add that year's holidays to config/calendar.yaml, or set this computer's clock`,
        ),
  ];
};

/** The figures on file and from filings. `isAsked`: whether EDGAR is; `hasStore`: whether the database can be. */
const ledger = async (now: number, isAsked: boolean, hasStore: boolean): Promise<Finding[]> => {
  const curated = loadFacts();
  const missing = goneFactsText(curated, loadCompanies());
  const gone = missing === undefined ? [] : [bad(`facts: ${missing}`)];
  const facts = [...curated, ...((hasStore && (await lookUp(readFiledFacts))) || [])];
  const age = ledgerAge(facts, loadCalendar().dayOf(now));
  const text = `facts: ${facts.length} figures on file${age ? `, latest published ${ageText(age)}` : ''}`;
  if (age && age.days <= OLD_LEDGER_DAYS) return [age.days < 0 ? none(text) : ok(text), ...gone];
  const remedy = isAsked
    ? 'see what /status says of filings, or update Slidewatch'
    : 'set EDGAR_CONTACT so that new quarters are read from filings, or update Slidewatch';
  return [bad(`${text}; two quarters are missing: ${remedy}`), ...gone];
};

/** Figures of the newest reports that are not in, from the bot's database. */
const openFigures = async (): Promise<Finding[]> => {
  const open = (await lookUp((db) => readOpenNotes(db))) ?? [];
  return open.map((figure) => none(`filings: ${figure.subject}, ${openText(figure)}`));
};

/** What is not settled about prices, from the bot's database. */
const unsettledPrices = async (): Promise<Finding[]> => {
  const { symbols } = loadWatchlist();
  const calendar = loadCalendar();
  const found = await lookUp(async (db) => {
    const memories = await readPriceMemories(db);
    const bars = await Promise.all(
      [...symbols.keys()].map(async (symbol) => [symbol, await readBars(db, symbol)] as const),
    );
    return bars.flatMap(([symbol, own]) =>
      openPrices(memories.get(symbol) ?? {}, own, calendar).map((text) => none(`prices: ${symbol}, ${text}`)),
    );
  });
  return found ?? [];
};

const database = async (now: number): Promise<Finding[]> => {
  const url = databaseUrl();
  const name = await databaseName(url);
  if (!isPostgresUrl(url) && isBareCopy(name))
    return [
      bad(
        `database: ${name} has no tables: it was copied from a running bot without its -wal file; copy ${basename(name)}-wal beside it, or take a copy with npm run backup`,
      ),
    ];
  const found = await lookUp(async (db) => {
    const moved = await movedTo(db);
    if (moved) return bad(`database: ${name} was moved to ${moved.to}; set DATABASE_URL to that one`);
    const quotes = [...(await readLastQuotes(db)).values()];
    const newest = Math.max(...quotes.map(({ tradeTime }) => tradeTime));
    const cards = Object.entries(await countByState(db)).map(([state, count]) => `${count} ${state}`);
    const prices = quotes.length > 0 ? `latest price ${age(now - newest)} old` : 'no price yet';
    return ok(`database: ${name}, ${prices}, deliveries: ${cards.join(', ') || 'none'}`);
  });
  return [found ?? none(`database: ${name} will be set up at first start`)];
};

/** The folder of a SQLite database. */
const folder = async (): Promise<Finding[]> => {
  const url = databaseUrl();
  if (isPostgresUrl(url)) return [];
  const path = sqlitePath(url);
  return path === MEMORY
    ? [bad('database: sqlite::memory: forgets everything at a restart; set DATABASE_URL to a file')]
    : dataFolder(path);
};

/** "2026-11-27 13:15" in a time zone. */
const localTime = (at: number, timeZone: string): string => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
};

/** The next digest of each channel set in .env. */
const digests = async (settings: Settings, now: number): Promise<Finding[]> => {
  const all = await nextDigests(settings, loadCalendar(), now);
  return all.map(({ platform: name, address, timeZone, isFromFile, at }) => {
    const where = `next digest: ${name} channel ${address}`;
    return at === undefined
      ? none(
          isFromFile
            ? `${where} is off`
            : `${where} is off; turn it on there with ${typedCall({ name: 'schedule', options: { digest: 'on' } }, name)}`,
        )
      : ok(`${where}, ${localTime(at, timeZone)} (${timeZone})`);
  });
};

/** Asks a source for one price. `hasBackup`: whether several are set up. */
const prices = async (source: Source, hasBackup: boolean, now: number): Promise<Finding> => {
  const { name } = source;
  try {
    const { quotes } = await source.quotes([{ symbol: 'NVDA', ticker: 'NVDA' }], now);
    const tradeTime = quotes[0]?.tradeTime;
    return tradeTime === undefined || tradeTime === null
      ? bad(`${name}: reachable, but returned no price for NVDA; try again in a few minutes`)
      : ok(`${name}: last NVDA trade ${age(now - tradeTime)} ago`);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const remedy = whatHelps(error, { hasBackup });
    return bad(remedy === undefined ? error.message : `${error.message}; ${remedy}`);
  }
};

/** Each source that .env can set up. */
const sources = async (settings: Settings, log: Logger, now: number): Promise<Finding[]> => {
  const calendar = loadCalendar();
  const made = await Promise.all(
    SOURCE_KINDS.map(async (kind) => ({ kind, source: await kind.create(settings, calendar, log) })),
  );
  const hasBackup = made.filter(({ source }) => source !== undefined).length > 1;
  return Promise.all(
    made.map(({ kind, source }) =>
      source ? prices(source, hasBackup, now) : none(`${kind.name}: ${kind.unset ?? 'not set up'}`),
    ),
  );
};

/** What the hosts that answered say of this computer's clock. */
const clockLine = (clock: BotClock): Finding => {
  const off = clock.suspected();
  if (off) return bad(clockOffText(off));
  return clock.hasHeard() ? ok('clock: agrees with the hosts that answered') : none('clock: no host told its time');
};

/**
 * Checks everything the bot needs, and prints in groups what works, what is not set up and what to fix, each fault with its
 * remedy. One fault hides no other. Posts nothing, and changes nothing but a database of an older version, which it migrates.
 * Returns false if a person has to act.
 * @throws CatalogueError
 */
export const doctor = async (print: (text: string) => void): Promise<boolean> => {
  const now = Date.now();
  const { settings, left, faulty, findings: faults } = soundSettings(process.env, loadCatalogue().languages);
  const clock = createBotClock();
  const endListening = listenToDates(createHostNames(settings), clock.hear);
  const isNamed = !left.includes('DATABASE_URL');
  const stored = isNamed ? await tried(() => database(now)) : [];
  const hasStore = isNamed && stored.every(({ state }) => state !== '!!');
  const ofStore = async (check: () => Promise<Finding[]>) => (hasStore ? tried(check) : []);
  const all = [
    ok(`Node ${process.versions.node}`),
    ...faults,
    ...misspelt(process.env),
    ...(await tried(watchlist)),
    ...(await tried(() => calendarYears(now))),
    ...(await tried(() => ledger(now, settings.edgar !== undefined, hasStore))),
    ...(isNamed ? await tried(folder) : []),
    ...stored,
    ...(await ofStore(() => digests(settings, now))),
    ...(await ofStore(unsettledPrices)),
    ...(await ofStore(openFigures)),
    ...(await tried(() => sources(settings, silent, now))),
    ...(await tried(() => [
      settings.edgar
        ? ok('EDGAR: contact set; new quarters are read from SEC filings')
        : none(`EDGAR: ${noContactText(loadFacts(), loadCalendar().dayOf(now))}`),
    ])),
    ...(await platforms(settings, { hasStore, faulty })),
    ...(await ofStore(lacking)),
    boardAccess(settings.board),
    ...(await troublesOfRunningBot(settings.board)).map((text) => bad(`running bot: ${text}`)),
    await heartbeat(settings.heartbeatUrl),
    logs(settings),
  ];
  endListening();
  all.push(clockLine(clock));
  print(groupedReport(all));
  return all.every(({ state }) => state !== '!!');
};
