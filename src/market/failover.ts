import type { Logger } from '../telemetry/log.ts';
import { createPacedSource, type PacedSource } from './paced-source.ts';
import type { RawQuote } from './quote.ts';
import { type Listed, type Offer, type Quotes, type Source, SourceError } from './source.ts';
import { createSpeakerLog } from './speakers.ts';

/** A source after the first, with what it offers. */
interface Backup {
  readonly source: Source;
  readonly offer: Offer;
  readonly paced: PacedSource;
}

const ALL_OFFERED: Offer = {
  quotes: ['stock', 'index'],
  histories: ['stock', 'index'],
  previousCloses: true,
  quoteEveryMs: 0,
  historyEveryMs: 0,
};

const backupOf = (source: Source): Backup => {
  const offer = source.offer ?? ALL_OFFERED;
  return { source, offer, paced: createPacedSource(source, offer) };
};

/** The symbol with its ticker at a source. */
const listedAt = ({ name }: Source, listed: Listed): Listed => ({
  ...listed,
  ticker: listed.tickers?.[name.toLowerCase()] ?? listed.symbol,
});

const isOffered = (kinds: Offer['quotes'], { kind = 'stock' }: Listed): boolean => kinds.includes(kind);

/** Whether another source may have what this one could not give. No other source knows a symbol better. */
const mayAskOthers = (error: unknown): error is SourceError =>
  error instanceof SourceError && error.fault !== 'unknown-symbol';

/**
 * Combines sources into one. Quotes come from the first that answers, histories likewise, each symbol from the first of
 * the others that offers its kind and has it. A jump is confirmed by a source that did not give the price itself.
 */
export const createFailover = (first: Source, others: readonly Source[], log: Logger): Source => {
  const backups = others.map(backupOf);
  const names = [first, ...others].map(({ name }) => name);
  const quoting = createSpeakerLog('quotes', names, log);
  const telling = createSpeakerLog('histories', names, log);

  const standIn = async (symbols: readonly Listed[], now: number, failure: SourceError): Promise<Quotes> => {
    const quotes: RawQuote[] = [];
    const reasons = new Map<string, string>();
    let left = symbols;
    for (const { source, offer, paced } of backups) {
      const asked = left.filter((it) => isOffered(offer.quotes, it)).map((it) => listedAt(source, it));
      if (asked.length === 0) continue;
      try {
        const answer = await paced.quotes(asked, now);
        const have = answer.quotes.map(({ symbol }) => symbol);
        quoting.answered(source.name, have);
        quotes.push(...answer.quotes);
        for (const { symbol, reason } of answer.refused) reasons.set(symbol, reason);
        left = left.filter(({ symbol }) => !have.includes(symbol));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        quoting.failed(source.name, error, now);
        for (const { symbol } of asked) reasons.set(symbol, 'backup unavailable');
      }
    }
    quoting.silent(left.map(({ symbol }) => symbol));
    if (quotes.length === 0) throw failure;
    return {
      quotes,
      refused: left.map(({ symbol }) => ({ symbol, reason: reasons.get(symbol) ?? 'no backup has it' })),
    };
  };

  return {
    name: first.name,
    ...(first.find && { find: first.find }),
    ...(first.anyTicker && { anyTicker: first.anyTicker }),
    ...(first.reportDay && { reportDay: first.reportDay }),
    ...(first.afterHours && { afterHours: first.afterHours }),
    speakers: () => ({ names, quotes: quoting.now(), histories: telling.now() }),

    async quotes(symbols, now) {
      try {
        const answer = await first.quotes(symbols, now);
        for (const { paced } of backups) paced.forgetQuotes();
        quoting.answered(
          first.name,
          answer.quotes.map(({ symbol }) => symbol),
        );
        quoting.silent(answer.refused.map(({ symbol }) => symbol));
        return answer;
      } catch (error) {
        if (!mayAskOthers(error)) throw error;
        quoting.failed(first.name, error, now);
        return await standIn(symbols, now, error);
      }
    },

    async history(listed, from, now) {
      let failure: SourceError;
      try {
        const history = await first.history(listed, from, now);
        for (const { paced } of backups) paced.forgetHistories();
        telling.answered(first.name, [listed.symbol]);
        return history;
      } catch (error) {
        if (!mayAskOthers(error)) throw error;
        telling.failed(first.name, error, now);
        failure = error;
      }
      for (const { source, offer, paced } of backups) {
        if (!isOffered(offer.histories, listed)) continue;
        try {
          const history = await paced.history(listedAt(source, listed), from, now);
          telling.answered(source.name, [listed.symbol]);
          return { ...history, standIn: source.name };
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          telling.failed(source.name, error, now);
        }
      }
      telling.silent([listed.symbol]);
      throw failure;
    },

    async confirm(symbols, now) {
      const { bySymbol } = quoting.now();
      const quotes: RawQuote[] = [];
      let left = symbols;
      for (const { source, offer } of backups) {
        const asked = left
          .filter(
            (it) => offer.previousCloses && isOffered(offer.quotes, it) && bySymbol.get(it.symbol) !== source.name,
          )
          .map((it) => listedAt(source, it));
        if (asked.length === 0) continue;
        try {
          const answer = await source.quotes(asked, now);
          quoting.answered(source.name, []);
          quotes.push(...answer.quotes);
          left = left.filter(({ symbol }) => !answer.quotes.some((quote) => quote.symbol === symbol));
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
          quoting.failed(source.name, error, now);
        }
      }
      return { quotes, refused: left.map(({ symbol }) => ({ symbol, reason: 'backup unavailable' })) };
    },
  };
};
