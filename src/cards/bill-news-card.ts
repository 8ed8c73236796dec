import type { BillChange } from '../facts/bill-news.ts';
import type { Fact } from '../facts/fact.ts';
import type { HyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatPeriod } from '../i18n/dates.ts';
import { nameInSentence } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { formatPercent } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { BillStory } from '../stories/bill-story.ts';
import { type Card, fitTitle, type Row } from './card.ts';
import { formatFactAmount } from './fact-amount.ts';
import { factRow, periodOf } from './fact-row.ts';
import { figuresOnly, publishedLine } from './published-line.ts';

interface BillText {
  readonly title: string;
  readonly line: string;
  /** The figures that it follows from, with their sources. */
  readonly facts: readonly Fact[];
}

const amountOf = (words: Translator, fact: Fact): string =>
  formatFactAmount(words, fact) ?? words.say('fact.not_disclosed');

const quarterOfSum = (words: Translator, { quarter }: HyperscalerSum): string =>
  formatPeriod(words, quarter.start, quarter.end);

const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

const textOf = (words: Translator, name: string, change: BillChange): BillText => {
  switch (change.kind) {
    case 'guidance': {
      const { way, fact, previous } = change;
      return {
        title: words.say(`bill-news.${way}`, { name }),
        line: words.say('bill-news.before', {
          period: periodOf(words, fact),
          amount: amountOf(words, fact),
          before: amountOf(words, previous),
        }),
        facts: [fact, previous],
      };
    }
    case 'above-cash-flow': {
      const { capex, cashFlow, quarters } = change;
      return {
        title: words.say('bill-news.above', { name }),
        line: words.say('bill-news.first', { count: quarters, period: periodOf(words, capex) }),
        facts: [capex, cashFlow],
      };
    }
    case 'share': {
      const { sum, before, inputs } = change;
      const { ofOperatingCashFlow: now = 0 } = sum;
      const { ofOperatingCashFlow: then = 0 } = before;
      return {
        title: words.say('bill-news.share', { percent: formatPercent(words, now, 1) }),
        line: words.say(`bill-news.share_${now > then ? 'up' : 'down'}`, {
          period: quarterOfSum(words, sum),
          points: formatNumber(words.language, Math.abs(now - then), ONE_DECIMAL),
          percent: formatPercent(words, then, 1),
          before: quarterOfSum(words, before),
        }),
        facts: inputs,
      };
    }
  }
};

/** "$17.1B of $42.6B cash flow": a company's capex and what paid for it, in one row; undefined unless both are of one document. */
const pairRow = (words: Translator, [capex, cashFlow]: readonly Fact[], day: SessionDate): Row | undefined => {
  if (capex?.metric !== 'capex_cash' || cashFlow?.metric !== 'operating_cash_flow') return undefined;
  if (capex.source.url !== cashFlow.source.url) return undefined;
  const figureOf = (): string =>
    words.say('bill-news.of_cash_flow', { amount: amountOf(words, capex), cashFlow: amountOf(words, cashFlow) });
  return figuresOnly(factRow(words, { fact: capex, stale: false }, day, figureOf));
};

/** Each company's figures in one row if it has two that belong together, and their sources in a line; else a row a figure. */
const figuresPart = (
  words: Translator,
  facts: readonly Fact[],
  day: SessionDate,
): Pick<Card, 'sections' | 'published'> => {
  const heading = words.say('figures.bill.heading');
  const pairs = [...Map.groupBy(facts, ({ subject }) => subject).values()].map((of) => pairRow(words, of, day));
  if (facts.length > 0 && pairs.every((row) => row !== undefined))
    return { sections: [{ heading, rows: pairs }], ...publishedLine(words, facts, day) };
  return { sections: [{ heading, rows: facts.map((fact) => factRow(words, { fact, stale: false }, day)) }] };
};

/** The card of what a report has changed on the bill, with the figures that it follows from. */
export const billNewsCard = (story: BillStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { change, published, symbol } = story;
  const name = nameInSentence(words, story);
  const { title, line, facts } = textOf(words, name, change);
  const told = words.say(`bill-news.${change.kind === 'guidance' ? 'guided' : 'reported'}`, { name });
  return {
    kind: 'bill',
    tone: 'calm',
    edge: 'bill',
    title: fitTitle(title),
    ...(symbol !== '*' && { tag: symbol }),
    lead: [line, told],
    ...figuresPart(words, facts, published),
    footer: [words.say(change.kind === 'share' ? 'bill-news.footer_sum' : 'bill-news.footer')],
  };
};
