import { pino } from 'pino';
import { typedCall } from '../../commands/examples.ts';
import { createHostNames } from '../app/host-names.ts';
import { readSettings, type Settings } from '../app/settings.ts';
import { PlatformError } from '../chat/platform.ts';
import type { ConfiguredPlatform } from '../chat/platform-kind.ts';
import { PLATFORM_KINDS } from '../chat/platform-kinds.ts';
import { clockOffText, createBotClock } from '../clock/bot-clock.ts';
import { listenToDates } from '../clock/date-headers.ts';
import { loadFacts } from '../facts/fact-files.ts';
import { ledgerAge } from '../facts/ledger-age.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { type Source, SourceError } from '../market/source.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { whatHelps } from '../market/what-helps.ts';
import { readBars } from '../store/bars.ts';
import { channelsInUse } from '../store/channels.ts';
import { countByState } from '../store/deliveries.ts';
import { readLastQuotes } from '../store/last-quotes.ts';
import { readOpenNotes } from '../store/open-notes.ts';
import { readPriceMemories } from '../store/price-memories.ts';
import { databaseName } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { lacksFromStore } from '../stories/lacks.ts';
import { typedName } from '../stories/platforms.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { ageText } from './age-text.ts';
import { invitationText } from './invitation-text.ts';
import { nextDigests } from './next-digests.ts';
import { noContactText } from './no-contact-text.ts';
import { openPrices } from './open-prices.ts';
import { openText } from './open-text.ts';
import { databaseUrl, lookUp } from './own-store.ts';
import { troublesOfRunningBot } from './running-bot.ts';
import { SOURCE_KINDS } from './sources.ts';

/** `ok`: works. `--`: not set up, or no data yet. `!!`: a person has to act. */
export interface Finding {
  readonly state: 'ok' | '--' | '!!';
  /** One line: what was checked, what was found, and what to do. */
  readonly text: string;
}

const ok = (text: string): Finding => ({ state: 'ok', text });
const none = (text: string): Finding => ({ state: '--', text });
const bad = (text: string): Finding => ({ state: '!!', text });

const age = (ms: number): string =>
  ms < 120 * MINUTE_MS ? `${Math.round(ms / MINUTE_MS)} minutes` : `${Math.round(ms / (60 * MINUTE_MS))} hours`;

const configuration = (now: number): Finding[] => {
  const symbols = [...loadWatchlist().symbols.keys()];
  const calendar = loadCalendar();
  const facts = loadFacts();
  const today = calendar.dayOf(now);
  const age = ledgerAge(facts, today);
  return [
    ok(`watchlist: ${symbols.join(' ')}`),
    calendar.covers(today)
      ? ok('calendar: up to date')
      : bad(
          `calendar: ${today} is not in it; add that year's holidays to config/calendar.yaml, or set this computer's clock`,
        ),
    (age && age.days < 0 ? none : ok)(
      `facts: ${facts.length} figures on file${age ? `, latest published ${ageText(age)}` : ''}`,
    ),
  ];
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

const database = async (now: number): Promise<Finding> => {
  const name = await databaseName(databaseUrl());
  const looked = lookUp(async (db) => {
    const quotes = [...(await readLastQuotes(db)).values()];
    const newest = Math.max(...quotes.map(({ tradeTime }) => tradeTime));
    const cards = Object.entries(await countByState(db)).map(([state, count]) => `${count} ${state}`);
    const prices = quotes.length > 0 ? `latest price ${age(now - newest)} old` : 'no price yet';
    return ok(`database: ${name}, ${prices}, deliveries: ${cards.join(', ') || 'none'}`);
  });
  try {
    return (await looked) ?? none(`database: ${name} will be set up at first start`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return bad(error.message);
  }
};

/** "2026-11-27 13:15" in a time zone. */
const localTime = (at: number, timeZone: string): string => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
};

/** The next digest of each channel set in .env. */
const digests = async (settings: Settings, now: number): Promise<Finding[]> => {
  const all = await nextDigests(settings, loadCalendar(), now);
  return all.map(({ platform: name, address, timeZone, at }) => {
    const where = `next digest: ${name} channel ${address}`;
    return at === undefined
      ? none(
          `${where} is off; turn it on there with ${typedCall({ name: 'schedule', options: { digest: 'on' } }, name)}`,
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

/** Warnings that a platform logged during the check, one line each. */
const warnings = (name: string, records: readonly Readonly<Record<string, unknown>>[]): Finding[] =>
  records.map(({ msg, scope, loss, reason, fault, remedy }) =>
    bad(`${name}: ${[msg, scope, loss, reason, fault, remedy].filter((it) => typeof it === 'string').join('; ')}`),
  );

/** Starts a platform, checks its token, scopes and channel permissions, and stops it. */
const platform = async (name: string, configured: ConfiguredPlatform): Promise<Finding[]> => {
  const { channelId } = configured.options;
  const records: Record<string, unknown>[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void records.push(JSON.parse(line)) });
  const it = await configured.createToLook(log);
  const invitations = () => (it.invitations?.() ?? []).map((each) => ok(`${name}: ${invitationText(each)}`));
  try {
    await it.start();
    if (channelId !== undefined) await it.check?.(channelId);
    const found = warnings(name, records);
    if (found.length > 0) return [...found, ...invitations()];
    const setup = typedName('setup', configured.id);
    const place =
      channelId === undefined
        ? `; no channel in .env: use ${setup} or invite the bot to one`
        : `, channel ${channelId} found`;
    return [ok(`${name}: token valid${place}`), ...invitations()];
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return [bad(`${name}: ${error.message}`), ...invitations()];
  } finally {
    await it.stop();
  }
};

/** Parts of a card, such as pictures, that channels refuse, from the bot's database. */
const lacking = async (): Promise<Finding[]> => {
  const channels = await lookUp(async (db) =>
    Promise.all(PLATFORM_KINDS.map(({ id }) => channelsInUse(db, id))).then((all) => all.flat()),
  );
  return (channels ?? []).flatMap(({ platform: id, address, lacks }) =>
    Object.entries(lacksFromStore(lacks)).map(([part, { text }]) =>
      bad(`${id} channel ${address}: cards come without ${part}; ${text}`),
    ),
  );
};

const platforms = async (settings: Settings): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const { id, name, token, invitations } of PLATFORM_KINDS) {
    const configured = settings.platforms.find((it) => it.id === id);
    if (configured) {
      findings.push(...(await platform(name, configured)));
      continue;
    }
    const texts = [`${token} is not set`, ...(invitations?.() ?? []).map(invitationText)];
    findings.push(...texts.map((text) => none(`${name}: ${text}`)));
  }
  return findings;
};

/**
 * Checks everything the bot needs and prints one line for each: whether it works, and what to do if not. Changes
 * nothing and posts nothing. Returns false if a person has to act.
 * @throws SettingsError, ConfigError, FactsError, and StoreError for the form of DATABASE_URL, which end the check.
 */
export const doctor = async (print: (text: string) => void): Promise<boolean> => {
  const now = Date.now();
  const settings = readSettings(process.env, loadCatalogue().languages);
  const say = (findings: readonly Finding[]): readonly Finding[] => {
    for (const { state, text } of findings) print(`${state}  ${text}\n`);
    return findings;
  };
  const clock = createBotClock();
  const endListening = listenToDates(createHostNames(settings), clock.hear);
  const silent = pino({ level: 'silent' });
  const stored = await database(now);
  const all = [
    ...say([ok(`Node ${process.versions.node}`), ...configuration(now), stored]),
    ...say(
      stored.state === '!!'
        ? []
        : [...(await digests(settings, now)), ...(await unsettledPrices()), ...(await openFigures())],
    ),
    ...say(await sources(settings, silent, now)),
    ...say([
      settings.edgar
        ? ok('EDGAR: contact set; new quarters are read from SEC filings')
        : none(`EDGAR: ${noContactText(loadFacts(), loadCalendar().dayOf(now))}`),
    ]),
    ...say(await platforms(settings)),
    ...say(stored.state === '!!' ? [] : await lacking()),
    ...say((await troublesOfRunningBot(settings.board)).map((text) => bad(`running bot: ${text}`))),
  ];
  endListening();
  const off = clock.suspected();
  if (off) all.push(...say([bad(clockOffText(off))]));
  return all.every(({ state }) => state !== '!!');
};
