import type { Logger } from '../telemetry/log.ts';
import type { Failing, Source, SourceError, Speakers } from './source.ts';

/** What the log calls each kind of answer. */
type Subject = 'quotes' | 'histories';

/** Keeps which source speaks and which fail, and logs each change once. */
export interface SpeakerLog {
  answered(source: string, symbols: readonly string[]): void;
  /** Nobody has an answer for these symbols. */
  silent(symbols: readonly string[]): void;
  /** Ignored for an unknown symbol: the source is well. */
  failed(source: string, error: SourceError, now: number): void;
  now(): Speakers;
}

/** `names`: the sources in order of preference. */
export const createSpeakerLog = (subject: Subject, names: readonly string[], log: Logger): SpeakerLog => {
  const bySymbol = new Map<string, string>();
  const failing = new Map<string, Failing>();
  return {
    answered: (source, symbols) => {
      if (failing.delete(source)) log.info({ source, subject }, 'source answers again');
      for (const symbol of symbols) bySymbol.set(symbol, source);
    },
    silent: (symbols) => {
      for (const symbol of symbols) bySymbol.delete(symbol);
    },
    failed: (source, { fault, message, remedy }, now) => {
      if (fault === 'unknown-symbol') return;
      const before = failing.get(source);
      failing.set(source, { source, fault, because: message, since: before?.since ?? now });
      if (before?.because !== message)
        log.warn(
          { source, subject, reason: message, ...(remedy && { remedy }) },
          'source fails; the next one is asked',
        );
    },
    now: () => ({ bySymbol: new Map(bySymbol), failing: names.flatMap((name) => failing.get(name) ?? []) }),
  };
};

/** Name of the source that a symbol's closes are from. */
export const closeSource = ({ name, speakers }: Pick<Source, 'name' | 'speakers'>, symbol: string): string =>
  speakers?.().histories.bySymbol.get(symbol) ?? name;
