import { editDistance } from '../../commands/nearest.ts';
import { readSettings, type Settings, VARIABLE_NAMES } from '../app/settings.ts';
import { isLoopback } from '../board/own-hosts.ts';
import type { PlatformKind } from '../chat/platform-kind.ts';
import { PLATFORM_KINDS } from '../chat/platform-kinds.ts';
import { SettingsError, variablesIn } from '../util/environment.ts';
import { ConfigError } from '../util/read-config.ts';
import { bad, type Finding, none, ok } from './finding.ts';

/** Read by this program, but no setting of a bot. */
const OTHER_NAMES: readonly string[] = ['SLIDEWATCH_CONFIG', 'SLIDEWATCH_SHARED'];
/** Letters that a misspelt name may differ in. */
const MOST_LETTERS_OFF = 2;
/** First words of settings that other programs' variables have, too. */
const COMMON_WORDS: readonly string[] = ['DATABASE', 'LANGUAGE', 'LOG', 'TIME', 'WHEN'];
const firstWord = (name: string): string => name.split('_')[0] ?? name;
/** First words that no other program's variables are likely to have. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  ['SLIDEWATCH', ...VARIABLE_NAMES.map(firstWord)].filter((word) => !COMMON_WORDS.includes(word)),
);

type Variables = Readonly<Record<string, string | undefined>>;

const plain = (name: string): string => name.toUpperCase().replaceAll(/[^A-Z]/g, '');

/** The setting that a name was meant to be; undefined if none is near. */
const meant = (name: string): string | undefined => {
  const [first] = VARIABLE_NAMES.map((known) => ({ known, off: editDistance(plain(name), plain(known)) })).toSorted(
    (a, b) => a.off - b.off,
  );
  return first && first.off <= MOST_LETTERS_OFF ? first.known : undefined;
};

/** The variables that look like settings and are none. Never a value, which may be a secret. */
export const misspelt = (env: Variables): Finding[] => {
  const known = [...VARIABLE_NAMES, ...OTHER_NAMES, ...PLATFORM_KINDS.flatMap((it) => it.namedVariables?.() ?? [])];
  return Object.keys(variablesIn(env))
    .filter((name) => !known.includes(name))
    .toSorted()
    .flatMap((name) => {
      const near = meant(name);
      const isOurs = OWN_WORDS.has(firstWord(name));
      // A name of its own kind that is set beside the right one is another program's.
      if (near !== undefined && (isOurs || !variablesIn(env)[near]))
        return [bad(`${name} is not read; did you mean ${near}?`)];
      return isOurs
        ? [bad(`${name} is not read, and no setting has a name like it; see .env.example, or remove it`)]
        : [];
    });
};

const isFault = (error: unknown): error is SettingsError | ConfigError =>
  error instanceof SettingsError || error instanceof ConfigError;

/** The platforms whose files of config name faulty variables, or are faulty themselves, and every fault. */
const faultyFiles = (given: Variables, languages: readonly string[]) => {
  const kinds: PlatformKind[] = [];
  const findings: Finding[] = [];
  for (const kind of PLATFORM_KINDS.filter(({ namedVariables }) => namedVariables !== undefined)) {
    try {
      kind.read(variablesIn(given), languages);
    } catch (error) {
      if (!isFault(error)) throw error;
      kinds.push(kind);
      findings.push(...error.message.split('\n').map(bad));
    }
  }
  return { kinds, findings };
};

/** The variables to leave out after a fault: the one that it names, or all of a platform of which one is missing. */
const blamed = (fault: SettingsError, given: Variables): readonly string[] => {
  const [name = ''] = /^[A-Z_]+/.exec(fault.message) ?? [];
  if (given[name] !== undefined) return [name];
  return PLATFORM_KINDS.find(({ variables }) => variables.includes(name))?.variables ?? [];
};

/**
 * The settings without those that have a fault, the names of these, the ids of platforms that are left out with them, and every
 * fault at once.
 * @throws SettingsError for a fault that no variable brings.
 */
export const soundSettings = (
  env: Variables,
  languages: readonly string[],
): {
  readonly settings: Settings;
  readonly left: readonly string[];
  readonly faulty: readonly string[];
  readonly findings: readonly Finding[];
} => {
  const given: Record<string, string> = { ...variablesIn(env) };
  const left: string[] = [];
  const faulty = faultyFiles(given, languages);
  const kinds = PLATFORM_KINDS.filter((kind) => !faulty.kinds.includes(kind));
  const { findings } = faulty;
  for (;;) {
    try {
      const settings = readSettings(given, languages, kinds);
      const isFaulty = (kind: PlatformKind) =>
        faulty.kinds.includes(kind) || kind.variables.some((name) => left.includes(name));
      return { settings, left, faulty: PLATFORM_KINDS.filter(isFaulty).map(({ id }) => id), findings };
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const names = blamed(error, given).filter((name) => given[name] !== undefined);
      if (names.length === 0) throw error;
      findings.push(bad(error.message));
      left.push(...names);
      for (const name of names) delete given[name];
    }
  }
};

/** Who can open the board. */
export const boardAccess = ({ host, token, origin }: Settings['board']): Finding => {
  if (token !== undefined) return ok(`board: opened by BOARD_TOKEN${origin === undefined ? '' : `, behind ${origin}`}`);
  if (!isLoopback(host))
    return bad(`board: BOARD_HOST ${host} opens it to other machines; set BOARD_TOKEN too, or BOARD_HOST=127.0.0.1`);
  if (origin !== undefined) return bad('board: BOARD_ORIGIN opens it to others; set BOARD_TOKEN too');
  return ok('board: for this machine alone');
};

/** Where the logs go, and in which form. */
export const logs = ({ logLevel, logFormat }: Settings): Finding =>
  logLevel === 'silent'
    ? none('logs: LOG_LEVEL=silent turns them off; set LOG_LEVEL=info to learn why something failed')
    : ok(`logs: ${logLevel} and above to stderr, ${logFormat}`);
