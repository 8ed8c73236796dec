import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFacts } from '../facts/check.ts';
import { newYorkDay } from '../facts/day.ts';
import { SUBJECTS, type Subject } from '../facts/fact.ts';
import { FactsError } from '../facts/fault.ts';
import { createLedger, type Ledger } from '../facts/ledger.ts';
import { loadFacts, readFactFiles } from '../facts/load.ts';
import { isDay } from '../market/csv.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { root } from '../util/read-config.ts';
import { UsageError } from './usage-error.ts';

type Print = (text: string) => void;

const SHELF = join(root, 'config/facts');

const usage =
  'usage: facts -- show SYMBOL|FOUR [--as-of YYYY-MM-DD] [--format json|text] | derive --companyfacts FILE --symbol S --metric M [--format json|text] | check [--live] | refresh';

const subjectOf = (text: string | undefined): Subject => {
  if (text === undefined) throw new UsageError(`facts show: which company? One of ${SUBJECTS.join(', ')}`);
  const symbol = loadWatchlist().resolve(text) ?? text.toUpperCase();
  const found = SUBJECTS.find((subject) => subject === symbol);
  if (!found)
    throw new UsageError(
      `facts show: no facts of "${text}"; there are ${SUBJECTS.join(', ')}, and FOUR for the hyperscalers together`,
    );
  return found;
};

const formatOf = (text: string): 'json' | 'text' => {
  if (text === 'json' || text === 'text') return text;
  throw new UsageError(`--format "${text}": expected json or text`);
};

const parse = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; ${usage}`);
  }
};

/** Figures from the shelf first, then those that arrived from filings. */
const ledgerOf = async (): Promise<Ledger> => {
  const { ownFiledFacts } = await import('./own-store.ts');
  return createLedger([...loadFacts(SHELF), ...(await ownFiledFacts())]);
};

const show = async (args: string[], print: Print): Promise<void> => {
  const { values, positionals } = parse(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: { 'as-of': { type: 'string' }, format: { type: 'string', default: 'text' } },
    }),
  );
  if (positionals.length > 1) throw new UsageError(`facts show: one company at a time; ${usage}`);
  const format = formatOf(values.format);
  const asOf = values['as-of'] ?? newYorkDay(Date.now());
  if (!isDay(asOf)) throw new UsageError(`--as-of "${asOf}": expected a date, YYYY-MM-DD`);
  if (positionals[0]?.toUpperCase() === 'FOUR') {
    const { showFour } = await import('./facts-hyperscalers.ts');
    return print(showFour(await ledgerOf(), asOf, format));
  }
  const subject = subjectOf(positionals[0]);
  const { showFacts } = await import('./facts-show.ts');
  print(showFacts(await ledgerOf(), subject, asOf, format));
};

const check = async (args: string[], print: Print): Promise<void> => {
  const { values } = parse(() => parseArgs({ args, options: { live: { type: 'boolean', default: false } } }));
  const files = readFactFiles(SHELF);
  const faults = checkFacts(files);
  if (faults.length > 0) throw new FactsError(faults);
  print(`${loadFacts(SHELF).length} facts in ${files.length} files, no fault\n`);
  if (!values.live) return;
  const { checkLive } = await import('./facts-check-live.ts');
  const where = { url: process.env.YAHOO_URL?.trim() || undefined, now: Date.now() };
  if (!(await checkLive(await ledgerOf(), print, where))) process.exitCode = 1;
};

/** `facts show|derive|check|refresh`. @throws UsageError, FactsError, ConfigError, StoreError, EdgarError */
export const facts = async (args: string[], print: Print): Promise<void> => {
  const [name, ...rest] = args;
  if (name === 'show') return show(rest, print);
  if (name === 'check') return check(rest, print);
  if (name === 'derive') {
    const { derive } = await import('./facts-derive.ts');
    return derive(rest, print);
  }
  if (name === 'refresh' && rest.length === 0) {
    const { refresh } = await import('./facts-refresh.ts');
    if (!(await refresh(print))) process.exitCode = 1;
    return;
  }
  throw new UsageError(usage);
};
